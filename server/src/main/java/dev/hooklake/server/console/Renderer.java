package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.admin.Visitor;
import dev.hooklake.server.console.Frame.Surroundings;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/// Turns a handler's reply into an HTTP answer. Templates are classes of this program already.
final class Renderer {
  private static final String HTML = "text/html; charset=utf-8";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Renderer.class.getClassLoader(),
          Renderer.class.getPackageName() + ".pages");
  private final Supplier<Surroundings> surroundings;

  Renderer(Supplier<Surroundings> surroundings) {
    this.surroundings = surroundings;
  }

  void send(PageReply reply, PageRequest request, ServerResponse response) throws IOException {
    switch (reply) {
      case PageReply.Page page -> page(page, request, response);
      case PageReply.Fragment fragment -> fragment(fragment, response);
      case PageReply.Redirect(String path) -> redirect(path, request, response);
      case PageReply.Away(var location) ->
          response
              .status(Status.SEE_OTHER_303)
              .header(HeaderNames.LOCATION, location.toString())
              .send();
      case PageReply.Raw(var writer) -> writer.write(response);
    }
  }

  /// One template as text, for streams.
  String text(String template, Map<String, Object> parameters) {
    TemplateOutput output = new StringOutput();
    engine.render(template, parameters, output);
    return output.toString();
  }

  private void page(PageReply.Page page, PageRequest request, ServerResponse response) {
    html(
        response,
        page.status(),
        text(page.template(), Map.of("frame", frame(page, request), "model", page.model())));
  }

  private void fragment(PageReply.Fragment fragment, ServerResponse response) {
    response.header("X-Fragment", "true");
    html(response, fragment.status(), text(fragment.template(), Map.of("model", fragment.model())));
  }

  private static void redirect(String path, PageRequest request, ServerResponse response) {
    if (request.wantsFragment()) {
      // A redirect would be followed in place of the fragment; this one moves the whole page.
      response.header("HX-Redirect", path).send();
    } else {
      response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, path).send();
    }
  }

  private Frame frame(PageReply.Page page, PageRequest request) {
    Visitor visitor = request.visitor().orElse(null);
    return new Frame(
        page.title(),
        request.path(),
        theme(request.cookie("hooklake_theme")),
        visitor == null ? null : visitor.caller(),
        visitor == null || visitor.session() == null ? "" : visitor.session().csrfToken(),
        surroundings.get());
  }

  private static String theme(String cookie) {
    return switch (cookie) {
      case "light", "dark" -> cookie;
      default -> "auto";
    };
  }

  private static void html(ServerResponse response, int status, String text) {
    response
        .status(Status.create(status))
        .header(HeaderNames.CONTENT_TYPE, HTML)
        .send(text.getBytes(UTF_8));
  }
}
