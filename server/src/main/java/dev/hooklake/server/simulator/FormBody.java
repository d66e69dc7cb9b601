package dev.hooklake.server.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Sha256;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/// Fields as a form posts them.
final class FormBody {
  private FormBody() {}

  static Payload of(Map<String, String> fields) {
    return Payload.of(
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  /// The key under which a body without a usable id is known.
  static String digest(Payload body) {
    return "sha256:" + Sha256.hex(body.unsafeBytes());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
