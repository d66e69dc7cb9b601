package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What campaigns and the like are called at their provider, as reconciliation has noted it.
public final class ParentNames {
  private static final Duration MEMORY = Duration.ofSeconds(30);
  private static final String NAMES =
      "SELECT source, kind || ' ' || CAST(id AS VARCHAR) AS parent, name FROM provider_names"
          + " WHERE kind IN ('campaign', 'broadcast', 'newsletter', 'transactional')"
          + " ORDER BY seen_at DESC";

  /// What bears a name.
  ///
  /// @param parent kind and id, for example `campaign 42`
  public record Key(String source, String parent) {}

  /// Names by what bears them, at one moment.
  public record Known(Map<Key, String> names) {
    public Known {
      names = Map.copyOf(names);
    }

    /// Empty where nobody said one.
    public String of(String source, String parent) {
      return names.getOrDefault(new Key(source, parent), "");
    }
  }

  private final Remembered<String, Known> known;

  public ParentNames(LakeQuestions lake, InstantSource clock) {
    this.known = new Remembered<>(MEMORY, clock, _ -> ask(lake));
  }

  Known known() throws IOException {
    return known.get("");
  }

  private static Known ask(LakeQuestions lake) throws IOException {
    ResultTable rows = lake.ask(NAMES, List.of(), QueryLimits.PAGE);
    var names = new HashMap<Key, String>();
    for (int row = 0; row < rows.rows().size(); row++) {
      names.putIfAbsent(
          new Key(
              String.valueOf(rows.value(row, "source")), String.valueOf(rows.value(row, "parent"))),
          String.valueOf(rows.value(row, "name")));
    }
    return new Known(names);
  }
}
