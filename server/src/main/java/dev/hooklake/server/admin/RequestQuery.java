package dev.hooklake.server.admin;

import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The query of a request, read strictly: a name that nobody knows is refused, since a filter that
/// is left out by a slip answers something else than was asked.
final class RequestQuery {
  private final UriQuery query;

  private RequestQuery(UriQuery query) {
    this.query = query;
  }

  static RequestQuery of(ServerRequest request, Collection<String> known) {
    return of(request.query(), known);
  }

  static RequestQuery of(UriQuery query, Collection<String> known) {
    for (String name : query.names()) {
      if (!known.contains(name)) {
        throw RefusedRequest.malformed(
            "an unknown parameter is in the query; there are " + String.join(", ", known));
      }
    }
    return new RequestQuery(query);
  }

  Optional<String> text(String name) {
    List<String> values = query.contains(name) ? query.all(name) : List.of();
    if (values.size() > 1) {
      throw RefusedRequest.malformed(name + " stands twice in the query");
    }
    Optional<String> value = values.stream().findFirst();
    value.ifPresent(text -> requireNoNul(name, text));
    return value;
  }

  Optional<Integer> number(String name) {
    return text(name)
        .map(text -> {
          try {
            return Integer.parseInt(text);
          } catch (NumberFormatException e) {
            throw RefusedRequest.malformed(name + " is no whole number");
          }
        });
  }

  /// False when it is left out.
  boolean flag(String name) {
    return text(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw RefusedRequest.malformed(name + " is true or false");
            })
        .orElse(false);
  }

  Optional<Instant> time(String name) {
    return text(name).map(text -> time(name, text));
  }

  /// ISO 8601 with an offset, from 1970 to 9999: what the databases and everybody's libraries hold.
  static Instant time(String name, String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= 1970 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw RefusedRequest.malformed(
        name + " is no time; write it like 2026-03-01T10:00:00Z, from 1970 on");
  }

  /// PostgreSQL takes none in a text.
  static void requireNoNul(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw RefusedRequest.malformed(name + " holds a NUL character");
    }
  }
}
