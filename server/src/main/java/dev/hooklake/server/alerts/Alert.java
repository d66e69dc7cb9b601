package dev.hooklake.server.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that a rule objects to, from when it was first found until it is over.
///
/// @param subject what it is about, such as a source
/// @param severity the worst since it began
/// @param lastSeenAt when the rule last found it
/// @param resolvedAt null while it fires
public record Alert(
    String id,
    RuleName rule,
    String subject,
    Severity severity,
    String summary,
    Instant startedAt,
    Instant lastSeenAt,
    @Nullable Instant resolvedAt) {

  public boolean firing() {
    return resolvedAt == null;
  }
}
