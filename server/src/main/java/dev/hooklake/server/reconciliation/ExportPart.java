package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.event.Channel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a backfill reads from a file of deliveries instead of from the provider's list.
///
/// @param id the provider's number of it; 0 of a file that somebody gave
/// @param channel of a file that does not tell; null when it has to
/// @param exportId the provider's number of the export; null until it is asked for
public record ExportPart(Of of, long id, @Nullable Channel channel, @Nullable Long exportId) {

  public enum Of {
    CAMPAIGN,
    NEWSLETTER,
    TRANSACTIONAL,
    ACTION,
    FILE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ExportPart {
    if (of == Of.FILE ? id != 0 : id < 1) {
      throw new IllegalArgumentException("give the number of the " + of.label() + ", from 1 on");
    }
  }

  ExportPart asked(long export) {
    return new ExportPart(of, id, channel, export);
  }

  /// Whether both want the same of the provider. Two files are never the same.
  boolean isSame(ExportPart other) {
    return of != Of.FILE && of == other.of && id == other.id && channel == other.channel;
  }

  public String words() {
    return of == Of.FILE ? "a file" : of.label() + " " + id;
  }
}
