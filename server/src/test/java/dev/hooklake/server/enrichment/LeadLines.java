package dev.hooklake.server.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The lines of the lead samples: deliveries, exchanges with the CRM, answers of registers, and
/// vectors of documents and phones. Every value in them is invented, or pure arithmetic.
public final class LeadLines {
  private static final Path FILE =
      Path.of("..", "sources", "src", "test", "resources", "c2s", "samples.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  private LeadLines() {}

  public static List<JsonNode> of(String kind) {
    try {
      return Files.readAllLines(FILE).stream()
          .map(LeadLines::parse)
          .filter(line -> line.path("kind").asText().equals(kind))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FILE, e);
    }
  }

  public static JsonNode named(String kind, String name) {
    return of(kind).stream()
        .filter(line -> line.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + name));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a line of " + FILE, e);
    }
  }
}
