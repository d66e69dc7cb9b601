package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// Opens a lake in a directory and looks at it with DuckDB.
final class LakeUnderTest {
  static final UUID JOURNAL = UUID.fromString("3f2b8a6e-0000-4000-8000-0000000000aa");

  private final Path directory;

  LakeUnderTest(Path directory) {
    this.directory = directory;
  }

  Lake open() {
    return open(storage -> storage);
  }

  Lake open(UnaryOperator<FileIO> wrapped) {
    return open(JOURNAL, wrapped);
  }

  Lake open(UUID journal, UnaryOperator<FileIO> wrapped) {
    return open(journal, wrapped, Clock.systemUTC());
  }

  Lake open(UUID journal, UnaryOperator<FileIO> wrapped, InstantSource clock) {
    LakeSettings settings = LakeSettings.in(directory);
    LakeStorage.createIfPossible(settings);
    var writer = new WriterName(journal, UUID.randomUUID());
    FileIO storage = wrapped.apply(LakeStorage.open(settings, writer));
    var means = new Lake.Means(writer, storage, LakeThreads.start());
    return Lake.open(settings, journal, clock, means);
  }

  /// What a lake in this directory works with.
  LakeAccess access() {
    LakeSettings settings = LakeSettings.in(directory);
    var writer = new WriterName(JOURNAL, UUID.randomUUID());
    return new LakeAccess(
        new LakeEngine(LakeStorage.open(settings, writer)),
        writer,
        Clock.systemUTC(),
        new AfterCommit(new CallerExecutor()),
        settings.rootPath(),
        true);
  }

  TableSnapshot snapshot(Table table) throws IOException {
    return LakeReader.open(LakeSettings.in(directory)).snapshot(table).orElseThrow();
  }

  List<String> query(Table table, String sql) throws Exception {
    return DuckDb.query(snapshot(table), sql);
  }

  /// Positions in landing, in order.
  List<Long> landed() throws Exception {
    return query(TestTables.LANDING, "SELECT journal_position FROM $table ORDER BY 1").stream()
        .map(Long::valueOf)
        .toList();
  }

  /// Sequences of the rows in a typed table, in order.
  List<Long> typed(Table table) throws Exception {
    return query(table, "SELECT event_id FROM $table").stream()
        .map(key -> Long.valueOf(key.substring("key-".length())))
        .sorted()
        .toList();
  }

  /// Every row of a table with all its columns, in an order of its own.
  List<String> everyRow(Table table) throws Exception {
    return everyRow(snapshot(table));
  }

  static List<String> everyRow(TableSnapshot snapshot) throws Exception {
    return DuckDb.query(snapshot, "SELECT * FROM $table ORDER BY ALL");
  }

  MaintenanceSettings maintenance() {
    return maintenance(Map.of());
  }

  MaintenanceSettings maintenance(Map<String, Integer> retentionDays) {
    return new MaintenanceSettings(
        128 << 20, 50, Duration.ofDays(3), retentionDays, scratch(), 128);
  }

  /// Beside the lake, as the server has it.
  Path scratch() {
    return directory.resolveSibling(directory.getFileName() + "-scratch");
  }

  /// Data files in the table's directories that its newest version does not hold.
  List<String> strays(Table table) throws Exception {
    var stray = new TreeSet<String>();
    for (Path partition : entries(directory.resolve(table.path()), "*=*")) {
      entries(partition, "*.parquet").forEach(file -> stray.add(file.toString()));
    }
    snapshot(table).files().forEach(file -> stray.remove(file.path()));
    return List.copyOf(stray);
  }

  private static List<Path> entries(Path folder, String names) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      var found = new ArrayList<Path>();
      entries.forEach(found::add);
      return found;
    }
  }

  static List<Long> sequences(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
