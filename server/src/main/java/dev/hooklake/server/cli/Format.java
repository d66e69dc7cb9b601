package dev.hooklake.server.cli;

import dev.hooklake.server.analytics.CsvPrinter;
import dev.hooklake.server.analytics.ResultReader;
import java.io.PrintWriter;

/// How a result is printed; the names are what people type.
enum Format {
  table,
  csv,
  json;

  ResultReader printer(PrintWriter out) {
    return switch (this) {
      case table -> new TablePrinter(out);
      case csv -> new CsvPrinter(out);
      case json -> new JsonPrinter(out);
    };
  }
}
