package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.event.Channel;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What arrives, as it arrives.
public final class LivePages implements ConsolePages {
  private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);
  private static final int LINES = 100;
  private static final long HEARTBEAT_MILLIS = 2_000;
  private static final List<String> METRICS =
      List.of(
          "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "unsubscribed");
  private static final List<String> OUTCOMES =
      List.of("stored", "quarantined", "duplicate", "refused");

  private final LiveFeed feed;
  private final SourceList sources;
  private final Streams streams;

  public LivePages(LiveFeed feed, SourceList sources) {
    this.feed = feed;
    this.sources = sources;
    this.streams = new Streams(feed);
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Live", "/live", 'l'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.get("/live", this::page), PageRoute.get("/live/events", this::stream));
  }

  private PageReply page(PageRequest request) {
    LiveFilter filter = LiveFilter.of(request);
    return PageReply.page(
        "Live",
        "live.jte",
        new Model(
            feed.newest(filter, LINES),
            filter,
            new Choices(
                sources.infos().stream().map(ShownSource::name).toList(),
                Arrays.stream(Channel.values()).map(Channel::label).toList(),
                METRICS,
                OUTCOMES),
            request.rawQuery()));
  }

  private PageReply stream(PageRequest request) {
    LiveViewer viewer = feed.open(LiveFilter.of(request));
    return viewer == null
        ? PageReply.refused(503, "Too many people watch the live feed already.")
        : new PageReply.Raw(response -> streams.write(viewer, response, request.query("form")));
  }

  /// What there is to choose from.
  public record Choices(
      List<String> sources, List<String> channels, List<String> metrics, List<String> outcomes) {}

  public record Model(List<LiveEvent> events, LiveFilter filter, Choices choices, String query) {}

  /// Writes a viewer's lines until its browser is gone.
  private static final class Streams {
    private final LiveFeed feed;
    private final Renderer renderer =
        new Renderer(() -> {
          throw new IllegalStateException("a line has no frame");
        });

    Streams(LiveFeed feed) {
      this.feed = feed;
    }

    void write(LiveViewer viewer, ServerResponse response, String form) {
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
      try (viewer;
          OutputStream out = response.outputStream()) {
        send(out, ": here\n\n");
        long before = feed.skipped();
        long told = 0;
        while (viewer.isOpen()) {
          for (LiveEvent line : viewer.take(HEARTBEAT_MILLIS)) {
            send(out, "event: row\n" + data(line, form));
          }
          long missed = viewer.missed() + feed.skipped() - before;
          send(out, missed > told ? skipped(missed) : ": \n\n");
          told = missed;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("A browser has left the live feed");
      }
    }

    private static String skipped(long missed) {
      return "event: skipped\ndata: "
          + Show.count(missed, "event", "events")
          + " came faster than can be shown; all of them are stored\n\n";
    }

    private String data(LiveEvent line, String form) {
      String template = form.equals("short") ? "liveShort.jte" : "liveRow.jte";
      String html = renderer.text(template, Map.of("event", line));
      return "data: " + html.replace("\n", "\ndata: ") + "\n\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }
  }
}
