package dev.hooklake.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request to a provider. The path goes into messages and must hold no personal data.
public final class Call {
  private final String method;
  private final String path;
  private final List<String> query = new ArrayList<>();
  private final @Nullable JsonNode body;

  private Call(String method, String path, @Nullable JsonNode body) {
    this.method = method;
    this.path = path;
    this.body = body;
  }

  public static Call get(String path) {
    return new Call("GET", path, null);
  }

  public static Call post(String path, JsonNode body) {
    return new Call("POST", path, body);
  }

  public static Call put(String path, JsonNode body) {
    return new Call("PUT", path, body);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, null);
  }

  /// A further page, at a target the provider gave; messages name `path` only.
  public static Call following(String path, String target) {
    var call = new Call("GET", path, null);
    call.query.add(target.substring(target.indexOf('?') + 1));
    return call;
  }

  /// Both are encoded here; a value that is null is left out.
  public Call with(String name, @Nullable Object value) {
    if (value != null) {
      query.add(encoded(name) + "=" + encoded(value.toString()));
    }
    return this;
  }

  /// One segment of a path: ids of deliveries end in `=`.
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  String method() {
    return method;
  }

  @Nullable JsonNode body() {
    return body;
  }

  /// Whether doing it twice is the same as doing it once.
  boolean repeatable() {
    return !method.equals("POST");
  }

  String target() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  /// For messages: without the query, which may name people.
  @Override
  public String toString() {
    return method + " " + path;
  }
}
