package dev.hooklake.server.console;

import dev.hooklake.server.operations.ConsumerProgress.State;
import dev.hooklake.server.sinks.Sinks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The warehouses that events are streamed into, and how each stands.
public final class SinkPages implements ConsolePages {
  private final Sinks sinks;

  public SinkPages(Sinks sinks) {
    this.sinks = sinks;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.DATA, "Sinks", "/sinks", 'k'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get(
            "/sinks", _ -> PageReply.page("Sinks", "sinks.jte", new Model(sinks.reports()))));
  }

  /// The page.
  public record Model(List<Sinks.Report> sinks) {

    public String kind(Sinks.Report one) {
      return one.progress().state() == State.RUNNING ? "good" : "bad";
    }

    public String state(Sinks.Report one) {
      return one.progress().state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
