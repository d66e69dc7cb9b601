package dev.hooklake.server.console;

import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.Figures.Standing;
import java.util.ArrayList;
import java.util.List;

/// What reconciliation found to be missing, and checks that failed.
public final class CompletenessAttention implements AttentionItem.Finder {
  private final FigureQueries figures;
  private final List<String> sources;

  public CompletenessAttention(FigureQueries figures, List<String> sources) {
    this.figures = figures;
    this.sources = List.copyOf(sources);
  }

  @Override
  public List<AttentionItem> find() {
    var items = new ArrayList<AttentionItem>();
    try {
      sources.forEach(source -> add(source, figures.standing(source), items));
    } catch (DatabaseAway e) {
      items.add(
          new AttentionItem(
              "warn", "Completeness is not known", String.valueOf(e.getMessage()), "database", ""));
    }
    return items;
  }

  private static void add(String source, Standing standing, List<AttentionItem> items) {
    if (standing.missing() > 0) {
      items.add(
          new AttentionItem(
              "warn",
              Show.count(standing.missing(), "event", "events")
                  + " of "
                  + SourceName.of(source)
                  + " never arrived",
              "The provider shows them; ./hooklake backfill --source "
                  + source
                  + " --from "
                  + standing.oldestMissing()
                  + " fetches them",
              "backfill",
              path(source)));
    }
    if (standing.failure() != null) {
      items.add(
          new AttentionItem(
              "warn",
              SourceName.of(source) + " could not be checked against its provider",
              standing.failure(),
              "check",
              path(source)));
    }
  }

  private static String path(String source) {
    return "/reconciliation?source=" + Show.segment(source);
  }
}
