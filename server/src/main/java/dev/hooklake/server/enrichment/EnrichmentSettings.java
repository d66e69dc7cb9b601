package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.note.NoteSettings;
import java.time.Duration;

/// How leads are enriched.
///
/// @param reuse for how long what a register said of a contact or a person is not asked again
public record EnrichmentSettings(
    LawfulUse use,
    Queue queue,
    NoteSettings note,
    Duration reuse,
    Housekeeping.Retention retention) {

  public EnrichmentSettings {
    if (reuse.isNegative()) {
      throw new IllegalArgumentException("look-ups are reused for " + reuse + "; give 0s or more");
    }
  }

  public static EnrichmentSettings of(LawfulUse use) {
    return new EnrichmentSettings(
        use,
        Queue.DEFAULT,
        NoteSettings.DEFAULT,
        Duration.ofDays(1),
        Housekeeping.Retention.DEFAULT);
  }
}
