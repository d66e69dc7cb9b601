package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Verification.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a signature is computed over: a template such as `v0:{timestamp}:{body}`, parsed once.
///
/// | placeholder         | stands for                                                |
/// |---------------------|-----------------------------------------------------------|
/// | `{body}`            | the raw body                                              |
/// | `{timestamp}`       | the signed time, as the sender wrote it                   |
/// | `{url}`             | the public URL that was called, query included            |
/// | `{url-without-query}` | the same up to the question mark                        |
/// | `{form}`            | names and values of all form fields, sorted by name       |
/// | `{header:Name}`     | the value of a header                                     |
/// | `{json:/pointer}`   | a text or whole number in the JSON body                   |
public final class SignedContent {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  private final String template;
  private final List<Part> parts;

  private SignedContent(String template, List<Part> parts) {
    this.template = template;
    this.parts = List.copyOf(parts);
  }

  /// Fails with what may be written when the template holds anything else.
  public static SignedContent parse(String template) {
    if (template.isBlank()) {
      throw new IllegalArgumentException("the signed content is blank; write for example {body}");
    }
    var parts = new ArrayList<Part>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    int end = 0;
    while (matcher.find()) {
      parts.add(literal(template.substring(end, matcher.start())));
      parts.add(placeholder(matcher.group(1)));
      end = matcher.end();
    }
    parts.add(literal(template.substring(end)));
    return new SignedContent(template, parts);
  }

  public boolean usesTimestamp() {
    return template.contains("{timestamp}");
  }

  List<byte[]> of(Request request) throws Refusal {
    var content = new ArrayList<byte[]>(parts.size());
    for (Part part : parts) {
      content.add(
          part.of(request)
              .orElseThrow(() ->
                  new Refusal(
                      Reason.SIGNATURE_MALFORMED,
                      "a part of the signed content " + template + " is missing")));
    }
    return content;
  }

  private static Part literal(String text) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "the signed content " + text + " has a brace without its partner");
    }
    byte[] bytes = text.getBytes(UTF_8);
    return request -> Optional.of(bytes);
  }

  private static Part placeholder(String name) {
    if (name.startsWith("header:")) {
      return text(value(new Place(Place.Kind.HEADER, name.substring("header:".length()), "", "")));
    }
    if (name.startsWith("json:")) {
      return text(value(new Place(Place.Kind.JSON, name.substring("json:".length()), "", "")));
    }
    return switch (name) {
      case "body" -> request -> Optional.of(request.delivery().body().unsafeBytes());
      case "timestamp" -> text(request -> Optional.of(request.timestamp()));
      case "url" -> text(Request::url);
      case "url-without-query" -> text(request -> request.url().map(SignedContent::withoutQuery));
      case "form" -> text(SignedContent::form);
      default ->
          throw new IllegalArgumentException(
              "the signed content has an unknown {"
                  + name
                  + "}; write {body}, {timestamp}, {url}, {url-without-query}, {form},"
                  + " {header:Name} or {json:/pointer}");
    };
  }

  private static Part text(Function<Request, Optional<String>> value) {
    return request -> value.apply(request).map(text -> text.getBytes(UTF_8));
  }

  private static Function<Request, Optional<String>> value(Place place) {
    return request -> place.value(request.delivery());
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /// A body of another type has no fields; the sender then signed none.
  private static Optional<String> form(Request request) {
    Delivery delivery = request.delivery();
    return FormFields.isForm(delivery.contentType())
        ? FormFields.parse(delivery.body().utf8()).map(FormFields::sortedText)
        : Optional.of("");
  }

  @Override
  public String toString() {
    return template;
  }

  /// What a template is filled from.
  record Request(Delivery delivery, String timestamp, PublicAddress address) {
    Optional<String> url() {
      return address.urlOf(delivery);
    }
  }

  @FunctionalInterface
  private interface Part {
    Optional<byte[]> of(Request request);
  }
}
