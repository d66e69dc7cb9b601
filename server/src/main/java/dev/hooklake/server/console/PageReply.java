package dev.hooklake.server.console;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;

/// What a page's handler answers with.
public sealed interface PageReply {

  /// A whole page: a template with the parameters `frame` and `model`.
  record Page(int status, String title, String template, Object model) implements PageReply {}

  /// A part of a page, for htmx to put in place: a template with the parameter `model`.
  record Fragment(int status, String template, Object model) implements PageReply {}

  /// Go there; the browser asks with GET.
  record Redirect(String path) implements PageReply {}

  /// Go there, outside of our pages.
  record Away(URI location) implements PageReply {}

  /// The handler writes the answer itself, for example a stream.
  record Raw(Writer writer) implements PageReply {
    /// Writes an answer.
    public interface Writer {
      void write(ServerResponse response) throws IOException;
    }
  }

  static Page page(String title, String template, Object model) {
    return new Page(200, title, template, model);
  }

  static Fragment fragment(String template, Object model) {
    return new Fragment(200, template, model);
  }

  /// A sentence in place of a fragment that cannot be had.
  static Fragment refused(int status, String message) {
    return new Fragment(status, "note.jte", new Note("bad", message, ""));
  }

  static Page notFound(String what) {
    return new Page(404, "Not found", "problem.jte", new Note("warn", what, ""));
  }
}
