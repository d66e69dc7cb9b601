package dev.hooklake.server.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures for a chart; how they look is decided in the browser from the style sheet's tokens.
///
/// @param kind `area`, `line`, `bar` (upright) or `bars` (lying)
/// @param unit `%` for parts of one, else empty
public record Chart(
    String kind, String unit, boolean stacked, List<String> labels, List<Series> series) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One line or colour. `values` stand under the labels, null where there is none.
  public record Series(String name, List<? extends @Nullable Number> values) {}

  /// As the page hands it over.
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
