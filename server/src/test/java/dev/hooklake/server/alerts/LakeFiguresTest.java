package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.LakeFigures.SourceRhythm;
import dev.hooklake.server.alerts.Measurements.ChannelFigures;
import dev.hooklake.server.alerts.Measurements.Quarantined;
import dev.hooklake.server.alerts.Measurements.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the rules learn of a real lake.
final class LakeFiguresTest {
  private static final Instant NOW = Instant.parse("2026-02-10T12:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(30);

  @TempDir private Path directory;

  @Test
  void aSourcesRhythmIsLearntFromWhatLanded() throws Exception {
    try (var landed = new LandedEvents(directory)) {
      Instant last = NOW.minus(Duration.ofHours(6));
      for (Instant at = NOW.minus(Duration.ofDays(28)); !at.isAfter(last); at = at.plus(EVERY)) {
        landed.email(at, "sent", "");
      }
      landed.land();

      SourceRhythm learnt =
          new LakeFigures(landed.questions()).rhythms(NOW, ZoneOffset.UTC).get("customerio");

      assertThat(learnt.lastEvent()).isEqualTo(last);
      assertThat(learnt.rhythm().missing(last, NOW)).isBetween(10L, 12L);
      assertThat(learnt.rhythm().missing(NOW.minus(EVERY), NOW)).isZero();
    }
  }

  @Test
  void whatWasBackfilledIsNoSignOfLifeAndNoRhythm() throws Exception {
    try (var landed = new LandedEvents(directory)) {
      Instant last = NOW.minus(Duration.ofHours(6));
      for (Instant at = NOW.minus(Duration.ofDays(28)); !at.isAfter(last); at = at.plus(EVERY)) {
        landed.email(at, "sent", "");
        landed.backfilled(at.plusSeconds(60), "delivered");
      }
      landed.backfilled(NOW.minus(Duration.ofMinutes(5)), "delivered");
      landed.land();

      SourceRhythm learnt =
          new LakeFigures(landed.questions()).rhythms(NOW, ZoneOffset.UTC).get("customerio");

      assertThat(learnt.lastEvent()).isEqualTo(last);
      assertThat(learnt.rhythm().missing(last, NOW)).isBetween(10L, 12L);
    }
  }

  @Test
  void quarantineIsCountedByTheHourAndChannelsAreComparedWithTheWeekBefore() throws Exception {
    try (var landed = new LandedEvents(directory)) {
      landed.body(NOW.minus(Duration.ofMinutes(61)), "no json");
      landed.body(NOW.minus(Duration.ofMinutes(59)), "no json");
      landed.body(NOW.minus(Duration.ofMinutes(1)), "no json");
      landed.email(NOW.minus(Duration.ofDays(3)), "delivered", "");
      landed.email(NOW.minus(Duration.ofDays(3)), "spammed", "");
      landed.email(NOW.minus(Duration.ofHours(2)), "sent", "");
      landed.email(NOW.minus(Duration.ofHours(1)), "bounced", "");
      landed.land();
      var figures = new LakeFigures(landed.questions());

      assertThat(figures.quarantined(NOW))
          .containsExactly(new Quarantined("customerio", "NOT_JSON", 2));
      assertThat(figures.channels(NOW))
          .containsExactly(
              new ChannelFigures("email", new Sent(2, 0, 1, 0, 0), new Sent(2, 2, 0, 1, 0)));
    }
  }
}
