package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// Invented deliveries in every form that C2S or an older guide is known to send, with what their
/// sender expects to hear.
public final class LeadSamples {
  static final Secret TOKEN = Secret.of("example-token");
  static final Instant RECEIVED = Instant.parse("2026-01-15T21:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private LeadSamples() {}

  record Sample(JsonNode line) {
    String name() {
      return line.path("name").asText();
    }

    String body() {
      return line.has("raw_body") ? line.path("raw_body").asText() : line.path("body").toString();
    }

    JsonNode expected() {
      return line.path("seed_expects");
    }

    Delivery delivery() {
      String[] target = line.path("path").asText().split("\\?", 2);
      Headers headers =
          line.path("headers").has("X-Webhook-Token")
              ? Headers.of(
                  "content-type",
                  "application/json",
                  "x-webhook-token",
                  line.path("headers").path("X-Webhook-Token").asText())
              : Headers.of("content-type", "application/json");
      return new Delivery(
          target[0], target.length > 1 ? target[1] : "", headers, Payload.of(body()), RECEIVED);
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static C2s source(LeadKey key) {
    return new C2s(new C2sSettings("c2s", List.of(TOKEN), key));
  }

  static List<Sample> all() {
    return Expected.lines("/c2s/samples.jsonl").stream()
        .map(LeadSamples::parse)
        .filter(sample -> sample.line().path("kind").asText().equals("webhook_in"))
        .toList();
  }

  static Sample named(String name) {
    return all().stream()
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no sample " + name));
  }

  public static List<String> bodies() {
    return all().stream().map(Sample::body).filter(body -> !body.isEmpty()).toList();
  }

  private static Sample parse(String line) {
    try {
      return new Sample(JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a sample", e);
    }
  }
}
