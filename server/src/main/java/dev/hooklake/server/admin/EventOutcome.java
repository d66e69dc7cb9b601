package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// What became of one event; the answer of `GET /api/v1/events/{source}/{key}`.
///
/// | outcome      | meaning                                                                  |
/// |--------------|--------------------------------------------------------------------------|
/// | landed       | understood, in its channel table                                         |
/// | quarantined  | authentic, not understood, in quarantine for `reason`                    |
/// | in_journal   | accepted, not in the lake yet; `lastError` and `nextAttemptAt` say why   |
/// | unknown      | never accepted, or erased                                                |
/// | undetermined | not in the journal, and the lake could not be asked for `lastError`      |
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventOutcome(
    String source,
    String key,
    Outcome outcome,
    @Nullable String receivedAt,
    @Nullable Long sequence,
    @Nullable String table,
    @Nullable Long tableVersion,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String lastError,
    @Nullable String nextAttemptAt) {

  public enum Outcome {
    landed,
    quarantined,
    in_journal,
    unknown,
    undetermined
  }
}
