package dev.hooklake.testkit.leads;

import dev.hooklake.testkit.http.Reply;
import java.util.Optional;
import java.util.Random;

/// How a fake's day goes: a share of its calls fails, and now and then it refuses everything for a
/// while. The same seed gives the same day, call for call.
public final class Weather {
  private static final Reply TOO_MANY =
      Reply.text(429, "{\"error\":\"too many requests\"}").with("Retry-After", "1");

  private final Random random;
  private final double failing;
  private final double bursts;
  private int left;

  private Weather(long seed, double failing, double bursts) {
    this.random = new Random(seed);
    this.failing = failing;
    this.bursts = bursts;
  }

  /// Nothing goes wrong.
  public static Weather fair() {
    return new Weather(0, 0, 0);
  }

  /// A day on which much goes wrong.
  ///
  /// @param failing share of calls answered 500, garbage, or an error inside a 200
  /// @param bursts share of calls that begin a burst of three answers 429
  public static Weather rough(long seed, double failing, double bursts) {
    return new Weather(seed, failing, bursts);
  }

  /// What the next call meets instead of an answer.
  synchronized Optional<Reply> next() {
    if (left > 0) {
      left--;
      return Optional.of(TOO_MANY);
    }
    if (random.nextDouble() < bursts) {
      left = 2;
      return Optional.of(TOO_MANY);
    }
    return random.nextDouble() < failing ? Optional.of(failure()) : Optional.empty();
  }

  private Reply failure() {
    return switch (random.nextInt(3)) {
      case 0 -> Reply.text(500, "{\"error\":\"internal\"}");
      case 1 -> Reply.text(200, "<html>oops</html>");
      default -> Reply.text(502, "");
    };
  }
}
