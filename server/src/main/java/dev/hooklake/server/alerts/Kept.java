package dev.hooklake.server.alerts;

import dev.hooklake.server.analytics.SqlFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer of the lake, asked for again when it is older than its life. A failure leaves nothing,
/// since an old answer would keep alerts firing or silent; it is tried again at once.
final class Kept<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

  /// Asks the lake.
  interface Question<T> {
    T ask(Instant now) throws IOException;
  }

  private final Duration life;
  private final Question<T> question;
  private @Nullable T answer;
  private Instant until = Instant.MIN;

  Kept(Duration life, Question<T> question) {
    this.life = life;
    this.question = question;
  }

  @Nullable T at(Instant now) {
    if (!now.isBefore(until)) {
      try {
        answer = question.ask(now);
        until = now.plus(life);
      } catch (IOException | SqlFailure e) {
        answer = null;
        LOG.debug("The lake could not be asked for measurements");
      }
    }
    return answer;
  }
}
