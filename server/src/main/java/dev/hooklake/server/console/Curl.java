package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.SourceEvent;

/// The request an event came with, to be sent again from a shell, as far as its headers were kept.
final class Curl {
  private Curl() {}

  static String of(SourceEvent event) {
    var command = new StringBuilder("curl -X POST 'http://localhost:8080" + event.path() + "'");
    event
        .headers()
        .values()
        .forEach((name, values) ->
            values.forEach(value -> command.append(" -H ").append(quoted(name + ": " + value))));
    String body = new String(event.body().unsafeBytes(), UTF_8);
    return command.append(" --data-binary ").append(quoted(body)).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
