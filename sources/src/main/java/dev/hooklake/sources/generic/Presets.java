package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.fields.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Ready-made settings for well-known senders. They hold no secrets, and whatever a user writes
/// wins over them.
public final class Presets {
  private static final List<String> NAMES =
      List.of(
          "github",
          "mailgun",
          "mandrill",
          "meta-whatsapp",
          "onesignal",
          "plivo",
          "postmark",
          "sendgrid",
          "shopify",
          "slack",
          "sparkpost",
          "stripe",
          "vonage");

  private Presets() {}

  public static List<String> names() {
    return NAMES;
  }

  /// The settings tree of a preset, with the user's own tree laid over it.
  public static ObjectNode tree(String preset, ObjectNode overrides) {
    if (!NAMES.contains(preset)) {
      throw new IllegalArgumentException(
          "there is no preset " + preset + "; take one of " + String.join(", ", NAMES));
    }
    ObjectNode tree = read(preset);
    lay(overrides, tree);
    return tree;
  }

  private static void lay(ObjectNode overrides, ObjectNode tree) {
    overrides
        .properties()
        .forEach(entry -> {
          JsonNode below = tree.get(entry.getKey());
          if (below instanceof ObjectNode target && entry.getValue() instanceof ObjectNode over) {
            lay(over, target);
          } else {
            tree.set(entry.getKey(), entry.getValue().deepCopy());
          }
        });
  }

  private static ObjectNode read(String preset) {
    try (InputStream in = Presets.class.getResourceAsStream("presets/" + preset + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks presets/" + preset + ".json");
      }
      return (ObjectNode) Json.parse(Payload.wrap(in.readAllBytes())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the preset " + preset, e);
    }
  }
}
