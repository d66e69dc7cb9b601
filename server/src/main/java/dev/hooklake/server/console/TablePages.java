package dev.hooklake.server.console;

import dev.hooklake.server.admin.LakeTables;
import dev.hooklake.server.admin.TableSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The lake's tables as files: rows, sizes, versions.
public final class TablePages implements ConsolePages {
  private final Remembered<String, List<TableSummary>> tables;
  private final String root;
  private final InstantSource clock;

  /// @param root where the lake is, without credentials
  public TablePages(LakeTables tables, String root, InstantSource clock) {
    this.tables = new Remembered<>(Duration.ofSeconds(5), clock, _ -> tables.read());
    this.root = root;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.DATA, "Tables", "/tables", 't'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.get("/tables", _ -> page()));
  }

  private PageReply page() throws IOException {
    return PageReply.page("Tables", "tables.jte", new Model(tables.get(""), root, clock.instant()));
  }

  /// The page.
  public record Model(List<TableSummary> tables, String root, Instant now) {

    public long bytes() {
      return tables.stream().mapToLong(TableSummary::bytes).sum();
    }

    public int files() {
      return tables.stream().mapToInt(TableSummary::files).sum();
    }

    public long rows() {
      return tables.stream().mapToLong(table -> Math.max(0, table.rows())).sum();
    }

    /// Bytes a file of a table has on average.
    public long fileBytes(TableSummary table) {
      return table.files() == 0 ? 0 : table.bytes() / table.files();
    }
  }
}
