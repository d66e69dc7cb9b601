package dev.hooklake.server.console;

import dev.hooklake.server.admin.AdminRoute;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.console.Frame.Group;
import dev.hooklake.server.console.Frame.Line;
import dev.hooklake.server.console.Frame.Surroundings;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.pipeline.FaultTrace;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All pages together, as routes of the admin port.
public final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  /// What every page shows of the server.
  public record About(String version, boolean development, InstantSource clock) {}

  private final About about;
  private final List<ConsolePages> pages;
  private final Assets assets = new Assets();
  private final Instant startedAt;
  private final Renderer renderer = new Renderer(this::surroundings);

  /// The navigation follows the order of `pages`.
  public Console(About about, List<ConsolePages> pages) {
    this.about = about;
    this.pages = List.copyOf(pages);
    this.startedAt = about.clock().instant();
  }

  public List<AdminRoute> routes() {
    var routes = new ArrayList<AdminRoute>();
    routes.add(AdminRoute.open("/assets/{digest}/{name}", asset()));
    for (ConsolePages some : pages) {
      for (PageRoute route : some.routes()) {
        routes.add(
            new AdminRoute(route.method(), route.path(), route.access(), handler(route.handler())));
      }
    }
    return List.copyOf(routes);
  }

  private Handler handler(PageHandler handler) {
    return (raw, response) -> {
      var request = new PageRequest(raw, response);
      renderer.send(answer(handler, request), request, response);
    };
  }

  /// What cannot be answered is told where the answer would have been.
  private static PageReply answer(PageHandler handler, PageRequest request) {
    try {
      return handler.handle(request);
    } catch (SqlFailure e) {
      return problem(request, 503, String.valueOf(e.getMessage()), "");
    } catch (DatabaseAway e) {
      return problem(request, 503, String.valueOf(e.getMessage()), "Try again in a moment.");
    } catch (IOException e) {
      LOG.warn("A page could not be answered: {}", FaultTrace.of(e));
      return problem(
          request,
          503,
          "The lake cannot be read now",
          "What has been accepted is safe in the journal. The server's log says more.");
    } catch (RuntimeException e) {
      LOG.error("A page failed on a fault of ours: {}", FaultTrace.of(e));
      return problem(request, 500, "This server failed on it", "Its log says more.");
    }
  }

  private static PageReply problem(PageRequest request, int status, String what, String advice) {
    var note = new Note("bad", what, advice);
    return request.wantsFragment()
        ? new PageReply.Fragment(status, "note.jte", note)
        : new PageReply.Page(status, "Not possible now", "problem.jte", note);
  }

  private Surroundings surroundings() {
    return new Surroundings(
        navigation(),
        assets,
        about.version(),
        Show.duration(Duration.between(startedAt, about.clock().instant())),
        about.development());
  }

  private List<Group> navigation() {
    var groups = new ArrayList<Group>();
    for (NavGroup group : NavGroup.values()) {
      List<Line> lines =
          pages.stream()
              .map(ConsolePages::navigation)
              .flatMap(Optional::stream)
              .filter(item -> item.group() == group)
              .map(
                  item -> new Line(item.label(), item.path(), item.key(), item.count().getAsLong()))
              .toList();
      if (!lines.isEmpty()) {
        groups.add(new Group(group.label(), lines));
      }
    }
    return List.copyOf(groups);
  }

  private Handler asset() {
    return (request, response) -> {
      Optional<Assets.Asset> asset =
          assets
              .find(request.path().pathParameters().get("name"))
              .filter(found -> found.path().equals(request.path().path()));
      if (asset.isEmpty()) {
        response.status(404).send();
      } else {
        send(asset.get(), response);
      }
    };
  }

  private static void send(Assets.Asset asset, ServerResponse response) {
    response
        .header(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(HeaderNames.CONTENT_TYPE, asset.contentType())
        .send(asset.bytes());
  }
}
