package dev.hooklake.server.enrichment.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a call gave nothing. Made of our own words only: what a service writes may hold personal
/// data.
///
/// | kind         | may it have been done? | counts as an attempt | tried again |
/// |--------------|------------------------|----------------------|-------------|
/// | NOT_NOW      | no                     | no                   | later       |
/// | THROTTLED    | no                     | no                   | later       |
/// | UNREACHABLE  | no                     | yes                  | yes         |
/// | LOST         | perhaps                | yes                  | yes         |
/// | SERVER_ERROR | perhaps                | yes                  | yes         |
/// | REFUSED      | no                     | no                   | later       |
/// | UNREADABLE   | perhaps                | yes                  | yes         |
/// | REJECTED     | no                     | yes                  | no          |
///
/// @param retryAfter how long to leave the service alone; null when nobody said
public record Failure(Kind kind, String reason, @Nullable Duration retryAfter) {

  /// What went wrong.
  public enum Kind {
    /// We did not call: the service is known to be down, or this server is stopping.
    NOT_NOW,
    /// The service asks us to be slower.
    THROTTLED,
    UNREACHABLE,
    /// No whole answer came in time.
    LOST,
    SERVER_ERROR,
    /// Our credentials are not accepted: a fault of the configuration, which an operator mends.
    /// What asks waits meanwhile; the service is left alone, as a wrong password may lock the
    /// account.
    REFUSED,
    UNREADABLE,
    /// The request itself is wrong; the same one will always be.
    REJECTED
  }

  public boolean permanent() {
    return kind == Kind.REJECTED;
  }

  public boolean countsAsAttempt() {
    return kind != Kind.NOT_NOW && kind != Kind.THROTTLED && kind != Kind.REFUSED;
  }

  public boolean mayHaveBeenDone() {
    return switch (kind) {
      case LOST, SERVER_ERROR, UNREADABLE -> true;
      case NOT_NOW, THROTTLED, UNREACHABLE, REFUSED, REJECTED -> false;
    };
  }
}
