package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.drift.DriftEntry;
import dev.hooklake.server.reconciliation.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that the rules look at, at one instant. What is null could not be measured.
///
/// @param window the last quarter of an hour at the public port
/// @param checkedDays what reconciliation last found of each day of the last thirty
/// @param quarantined within the last hour
/// @param drift first seen within the last day
/// @param givenUp within the last day, of what anything was
public record Measurements(
    Instant at,
    Window window,
    List<Space> spaces,
    List<Delay> delays,
    @Nullable List<QuietSource> quiet,
    List<Figures.Day> checkedDays,
    @Nullable List<Quarantined> quarantined,
    @Nullable List<DriftEntry> drift,
    @Nullable List<ChannelFigures> channels,
    @Nullable List<GivenUp> givenUp) {

  /// The public port over a stretch of time.
  ///
  /// @param whole false while the server has not run for so long
  public record Window(Duration length, boolean whole, List<SourceTraffic> sources) {
    public Window {
      sources = List.copyOf(sources);
    }
  }

  /// Events of one source.
  ///
  /// @param refused for their signature
  /// @param failed because this server could not take them
  public record SourceTraffic(String source, long received, long refused, long failed) {}

  /// What may run out; `subject` is `journal` or `disk`.
  public record Space(String subject, long usedBytes, long limitBytes) {
    double usedPart() {
      return limitBytes == 0 ? 0 : (double) usedBytes / limitBytes;
    }
  }

  /// How far a reader of the journal is behind.
  ///
  /// @param failing why its last attempts failed; null while all is well
  public record Delay(String subject, Duration lag, @Nullable String failing, boolean stopped) {}

  /// Since when a source has sent nothing, and how it usually sends.
  public record QuietSource(String source, Instant lastEvent, Rhythm rhythm) {}

  /// What nobody tries any more by itself; `subject` is `leads`, or whom it was for.
  public record GivenUp(String subject, long events) {}

  public record Quarantined(String source, String reason, long events) {}

  /// Deliveries of one channel, by the day on which they were sent: yesterday and today, and the
  /// seven days before.
  public record ChannelFigures(String channel, Sent recent, Sent before) {}

  public record Sent(long sent, long delivered, long bounced, long complained, long unsubscribed) {
    public static final Sent NONE = new Sent(0, 0, 0, 0, 0);

    double deliveryRate() {
      return (double) delivered / sent;
    }
  }
}
