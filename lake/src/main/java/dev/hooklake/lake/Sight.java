package dev.hooklake.lake;

/// Judges whether what was found of a table can be the table, or the lake is out of sight.
interface Sight {
  /// Fails with `UncheckedIOException` when it cannot; the table is then looked at again later.
  void check(TableState found);
}
