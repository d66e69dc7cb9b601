package dev.hooklake.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.reconciliation.ExportPart;
import dev.hooklake.sources.event.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `export` of a request for a backfill: of what, and for a file its name in the server's
/// folder.
///
/// @param file empty where the provider is asked
record ExportWish(ExportPart part, String file) {
  private static final String PLACE = "export";
  private static final List<String> FIELDS = List.of("of", "id", "file", "channel");

  /// Empty when the backfill is of the provider's list.
  static Optional<ExportWish> in(JsonNode body) {
    JsonNode export = body.path(PLACE);
    if (export.isMissingNode() || export.isNull()) {
      return Optional.empty();
    }
    RequestJson.requireObject(export, PLACE, FIELDS);
    ExportPart.Of of = of(RequestJson.text(export, PLACE, "of"));
    String file = RequestJson.textOrNull(export, PLACE, "file");
    if ((of == ExportPart.Of.FILE) != (file != null)) {
      throw RefusedRequest.malformed("export.file belongs to an export of a file, and only there");
    }
    try {
      var part = new ExportPart(of, id(export), channel(export), null);
      return Optional.of(new ExportWish(part, file == null ? "" : file));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed("export.id: " + e.getMessage());
    }
  }

  private static ExportPart.Of of(String word) {
    return Arrays.stream(ExportPart.Of.values())
        .filter(of -> of.label().equals(word))
        .findFirst()
        .orElseThrow(() ->
            RefusedRequest.malformed(
                "export.of is one of "
                    + Arrays.stream(ExportPart.Of.values())
                        .map(ExportPart.Of::label)
                        .collect(Collectors.joining(", "))));
  }

  private static long id(JsonNode export) {
    JsonNode id = export.path("id");
    if (!id.isMissingNode() && !(id.isIntegralNumber() && id.canConvertToLong())) {
      throw RefusedRequest.malformed("export.id is no number");
    }
    return id.asLong();
  }

  private static @Nullable Channel channel(JsonNode export) {
    String word = RequestJson.textOrNull(export, PLACE, "channel");
    if (word == null) {
      return null;
    }
    return Channel.of(word.toLowerCase(Locale.ROOT))
        .filter(channel -> channel != Channel.CUSTOMER && channel != Channel.LEAD)
        .orElseThrow(() ->
            RefusedRequest.malformed(
                "export.channel is one of email, sms, push, in_app, whatsapp, slack, webhook"));
  }
}
