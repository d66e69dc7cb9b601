package dev.hooklake.server.console;

import dev.hooklake.server.alerts.drift.Drift;
import dev.hooklake.server.alerts.drift.DriftEntry;
import java.util.List;
import java.util.Optional;

/// What sources send that the tables did not foresee.
public final class DriftPages implements ConsolePages {
  private final Drift drift;

  public DriftPages(Drift drift) {
    this.drift = drift;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.TRUST, "Drift", "/drift", 'f'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.get("/drift", this::page));
  }

  private PageReply page(PageRequest request) {
    boolean all = request.query("all").equals("yes");
    List<DriftEntry> entries = drift.all();
    return PageReply.page(
        "Drift",
        "drift.jte",
        new Model(
            entries.stream().filter(entry -> all || entry.isNew()).toList(), entries.size(), all));
  }

  /// The page; `known` counts everything that was seen.
  public record Model(List<DriftEntry> entries, int known, boolean all) {}
}
