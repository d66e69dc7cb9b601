package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.TestSender;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who sends: the URL to paste, what has come, the keys in use, and a test event.
public final class SourcePages implements ConsolePages {
  private final SourceList sources;
  private final TestSender tests;
  private final Audit audit;
  private final InstantSource clock;

  public SourcePages(SourceList sources, TestSender tests, Audit audit, InstantSource clock) {
    this.sources = sources;
    this.tests = tests;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.DATA, "Sources", "/sources", 'u'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/sources", this::page), PageRoute.post("/sources/{name}/test", this::test));
  }

  private PageReply page(PageRequest request) {
    return PageReply.page(
        "Sources",
        "sources.jte",
        new Model(sources.lines(), clock.instant(), request.byOperator()));
  }

  private PageReply test(PageRequest request) throws IOException {
    String name = request.path("name");
    if (sources.infos().stream().noneMatch(source -> source.name().equals(name))) {
      return PageReply.refused(404, "There is no source of that name.");
    }
    try (Audit.Begun begun = audit.begin(request.caller(), "test-event.sent", name, "")) {
      TestSender.Result result = tests.send(name);
      if (result.accepted()) {
        begun.done();
      }
      return PageReply.fragment("testResult.jte", new Sent(name, result));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PageReply.refused(503, "The server stops.");
    }
  }

  /// The page.
  public record Model(List<SourceList.Line> lines, Instant now, boolean operator) {}

  /// What became of a test event.
  public record Sent(String source, TestSender.Result result) {}
}
