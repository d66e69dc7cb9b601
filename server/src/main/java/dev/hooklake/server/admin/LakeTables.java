package dev.hooklake.server.admin;

import java.io.IOException;
import java.util.List;

/// The tables that are in the lake now.
@FunctionalInterface
public interface LakeTables {
  List<TableSummary> read() throws IOException;
}
