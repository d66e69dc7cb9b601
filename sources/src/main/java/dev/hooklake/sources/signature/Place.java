package dev.hooklake.sources.signature;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where in a request a value stands.
///
/// `prefix` stands before the value and is taken off; values without it do not count. With a
/// `separator` the text is a list, for example `t=1,v1=aa,v1=bb`: separator `,` and prefix `v1=`
/// give `aa` and `bb`.
public record Place(Kind kind, String name, String prefix, String separator) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CHARS = 8192;
  private static final int MAX_VALUES = 32;

  /// The parts of a request.
  public enum Kind {
    HEADER,
    QUERY,
    FORM,
    JSON
  }

  public Place {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "the name of a header, parameter, field or pointer is blank");
    }
    if (kind == Kind.JSON && !name.startsWith("/")) {
      throw new IllegalArgumentException("a JSON pointer starts with /, for example /signature");
    }
  }

  public static Place header(String name) {
    return new Place(Kind.HEADER, name, "", "");
  }

  public static Place query(String name) {
    return new Place(Kind.QUERY, name, "", "");
  }

  /// How messages call it; never holds what stands there.
  String described() {
    return switch (kind) {
      case HEADER -> "header " + name;
      case QUERY -> "query parameter " + name;
      case FORM -> "form field " + name;
      case JSON -> "JSON value " + name;
    };
  }

  /// The values there, without prefix; none when it is absent, repeated or longer than allowed.
  List<String> values(Delivery delivery) {
    String text = text(delivery).orElse("");
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return List.of();
    }
    String[] elements =
        separator.isEmpty()
            ? new String[] {text}
            : text.split(Pattern.quote(separator), MAX_VALUES + 1);
    return Arrays.stream(elements)
        .limit(MAX_VALUES)
        .map(String::strip)
        .filter(element -> element.startsWith(prefix))
        .map(element -> element.substring(prefix.length()))
        .toList();
  }

  /// The only value there.
  Optional<String> value(Delivery delivery) {
    List<String> values = values(delivery);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private Optional<String> text(Delivery delivery) {
    return switch (kind) {
      case HEADER -> delivery.headers().single(name);
      case QUERY -> single(delivery.query());
      case FORM ->
          FormFields.isForm(delivery.contentType())
              ? single(delivery.body().utf8())
              : Optional.empty();
      case JSON -> json(delivery);
    };
  }

  private Optional<String> single(String fields) {
    return FormFields.parse(fields)
        .map(parsed -> parsed.values().getOrDefault(name, List.of()))
        .filter(values -> values.size() == 1)
        .map(values -> values.get(0));
  }

  private Optional<String> json(Delivery delivery) {
    try {
      JsonNode node = JSON.readTree(delivery.body().unsafeBytes()).at(JsonPointer.compile(name));
      return node.isTextual() || node.isIntegralNumber()
          ? Optional.of(node.asText())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not JSON, so nothing stands there
    }
  }
}
