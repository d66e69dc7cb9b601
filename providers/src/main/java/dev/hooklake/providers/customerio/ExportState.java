package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// How an export stands.
///
/// @param total how many deliveries it holds; 0 until it is done
public record ExportState(long id, Status status, long total) {

  /// A word that is not known yet is neither done nor failed.
  public enum Status {
    PENDING,
    DONE,
    FAILED
  }

  /// Empty without an id.
  static Optional<ExportState> of(JsonNode answer) {
    JsonNode export = answer.path("export");
    Long id = Json.number(export, "id");
    Long total = Json.number(export, "total");
    return id == null
        ? Optional.empty()
        : Optional.of(new ExportState(id, status(export), total == null ? 0 : total));
  }

  private static Status status(JsonNode export) {
    String word = export.path("status").asText();
    if (word.equals("failed") || export.path("failed").asBoolean()) {
      return Status.FAILED;
    }
    return word.equals("done") ? Status.DONE : Status.PENDING;
  }
}
