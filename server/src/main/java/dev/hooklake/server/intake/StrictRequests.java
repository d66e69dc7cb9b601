package dev.hooklake.server.intake;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Answers 400 to requests that the HTTP server understands and a proxy before it may read in
/// another way: paths that become ours only when they are decoded or tidied, a header without a
/// name, an encoding with a gap in its list.
///
/// The only listener there may be: of two the HTTP server calls neither. So it starts the clock
/// too.
final class StrictRequests implements Http1ConnectionListener {
  private static final HeaderName NAMELESS = HeaderNames.create("");

  /// Before the path, where the whole URL is asked for.
  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/]*");

  private final RequestDeadlines deadlines;

  StrictRequests(RequestDeadlines deadlines) {
    this.deadlines = deadlines;
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    deadlines.requestBegins();
    String raw = prologue.uriPath().rawPath();
    String written = raw.startsWith("/") ? raw : ORIGIN.matcher(raw).replaceFirst("");
    if (!written.equals(prologue.uriPath().path()) || prologue.fragment().hasValue()) {
      throw refused("the path is not written plainly");
    }
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    if (headers.contains(NAMELESS)) {
      throw refused("a header has no name");
    }
    if (headers.all(HeaderNames.TRANSFER_ENCODING, List::of).stream()
        .flatMap(encodings -> Arrays.stream(encodings.split(",", -1)))
        .anyMatch(String::isBlank)) {
      throw refused("a transfer encoding has no name");
    }
  }

  private static RequestException refused(String message) {
    return RequestException.builder().type(EventType.BAD_REQUEST).message(message).build();
  }
}
