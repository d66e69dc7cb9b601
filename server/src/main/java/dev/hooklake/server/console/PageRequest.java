package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.Role;
import dev.hooklake.server.admin.Visitor;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a handler may know of a request.
public final class PageRequest {
  private static final int MOST_FORM_BYTES = 64 << 10;

  private final ServerRequest request;
  private final ServerResponse response;

  PageRequest(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
  }

  Optional<Visitor> visitor() {
    return Visitor.of(request);
  }

  /// Who asks. Only paths that are not open may ask this.
  public Caller caller() {
    return visitor().orElseThrow().caller();
  }

  public boolean byOperator() {
    return visitor().map(visitor -> visitor.caller().role() == Role.OPERATOR).orElse(false);
  }

  /// A part of the path by its name in the route.
  public String path(String name) {
    return withoutNul(request.path().pathParameters().get(name));
  }

  String path() {
    return request.path().path();
  }

  /// A parameter of the query; empty when it is missing.
  public String query(String name) {
    return withoutNul(request.query().first(name).asOptional().orElse("")).strip();
  }

  /// No text of ours has one, and PostgreSQL would not look for it.
  private static String withoutNul(String text) {
    return text.replace("\0", "");
  }

  String rawQuery() {
    return request.query().rawValue();
  }

  String header(HeaderName name) {
    return request.headers().value(name).orElse("");
  }

  String cookie(String name) {
    return request.headers().cookies().first(name).asOptional().orElse("");
  }

  /// Asked for by htmx, to be put into a page.
  boolean wantsFragment() {
    return !header(HeaderNames.create("HX-Request")).isEmpty();
  }

  String remoteAddress() {
    return request.remotePeer().host();
  }

  ServerRequest raw() {
    return request;
  }

  ServerResponse response() {
    return response;
  }

  /// The fields of a form; the last one wins where one is repeated.
  public Map<String, String> form() throws IOException {
    byte[] body = request.content().inputStream().readNBytes(MOST_FORM_BYTES + 1);
    if (body.length > MOST_FORM_BYTES) {
      throw new IOException("the form is larger than " + (MOST_FORM_BYTES >> 10) + " KiB");
    }
    var fields = new HashMap<String, String>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) throws IOException {
    try {
      return withoutNul(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException("the form is not URL-encoded", e);
    }
  }
}
