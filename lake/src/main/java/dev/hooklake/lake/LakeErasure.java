package dev.hooklake.lake;

import dev.hooklake.lake.PersonRows.Link;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Takes a person out of the lake's tables, beside whoever writes to them.
///
/// First every row is looked at: rows that name the person give the events they came from, and the
/// deliveries and leads they belong to, which give further events. Then all rows of these go, table
/// by table, and only files that hold one are written anew. Every step may be repeated.
public final class LakeErasure {
  private static final String SOURCE = "source";

  private final LakeAccess lake;
  private final Consumer<Table> changed;
  private final Predicate<RowText> names;

  /// Files in which nothing names the person; files never change.
  private final Set<String> withoutName = new HashSet<>();

  /// @param changed told of each table that was changed
  /// @param names whether a row names the person
  LakeErasure(LakeAccess lake, Consumer<Table> changed, Predicate<RowText> names) {
    this.lake = lake;
    this.changed = changed;
    this.names = names;
  }

  /// Looks for the person in every row of the tables.
  ///
  /// @param known found already elsewhere
  public PersonRows find(List<Table> tables, PersonRows known) throws IOException {
    var events = new HashSet<Replacement.Key>(known.events());
    var links = new HashSet<>(known.links());
    for (Table table : tables) {
      look(table, textColumns(table), batch -> named(table, batch, events, links));
    }
    var direct = Set.copyOf(links);
    for (Table table : tables) {
      if (!direct.isEmpty() && PersonRows.LINKS.stream().anyMatch(table::has)) {
        look(table, keyColumns(table), batch -> linked(table, batch, events, direct));
      }
    }
    return new PersonRows(events, links);
  }

  /// Takes the person's rows out of one table, in one commit; returns how many.
  public long remove(Table table, PersonRows person) throws IOException {
    var removed = new long[1];
    try {
      new TableRewrite(lake, table)
          .reduce(rewrite -> {
            removed[0] = 0;
            for (AddFile file : rewrite.files()) {
              removed[0] += removeFrom(file, rewrite, table, person);
            }
          });
    } finally {
      changed.accept(table);
    }
    return removed[0];
  }

  /// Deletes every file of a table that its newest version does not refer to, and the log before
  /// that version: older versions cannot be read any more.
  public Purged purge(Table table) throws IOException {
    try {
      return new Purge(lake, table).run();
    } finally {
      changed.accept(table);
    }
  }

  private long removeFrom(AddFile file, FileRewrite rewrite, Table table, PersonRows person)
      throws IOException {
    Snapshot snapshot = rewrite.snapshot();
    boolean namesNobody = withoutName.contains(KernelActions.path(snapshot, file));
    if (namesNobody && !isOfEvents(table)) {
      return 0;
    }
    StructType columns =
        namesNobody ? keyColumns(table).in(snapshot) : textColumns(table).in(snapshot);
    return new FileRows(lake, snapshot)
        .remove(
            rewrite,
            file,
            columns,
            batch -> {
              BitSet going = ofPerson(table, batch, person);
              if (!namesNobody) {
                going.or(naming(batch));
              }
              return going;
            });
  }

  private void look(Table table, Columns columns, Predicate<ColumnarBatch> batchHasName)
      throws IOException {
    Optional<Snapshot> snapshot = lake.newest(table);
    if (snapshot.isEmpty()) {
      return;
    }
    StructType schema = columns.in(snapshot.get());
    var rows = new FileRows(lake, snapshot.get());
    for (AddFile file : KernelActions.files(snapshot.get(), lake.engine())) {
      TableFiles.requireWhole(snapshot.get(), file);
      boolean found = false;
      try (CloseableIterator<ColumnarBatch> batches = rows.read(file, schema)) {
        while (batches.hasNext()) {
          found |= batchHasName.test(batches.next());
        }
      }
      if (columns.all && !found) {
        withoutName.add(KernelActions.path(snapshot.get(), file));
      }
    }
  }

  /// Where rows come from no event, a row that names the person goes and leads to no other.
  private boolean named(
      Table table, ColumnarBatch batch, Set<Replacement.Key> events, Set<Link> links) {
    BitSet naming = naming(batch);
    if (!isOfEvents(table)) {
      return !naming.isEmpty();
    }
    for (int row = naming.nextSetBit(0); row >= 0; row = naming.nextSetBit(row + 1)) {
      events.add(key(table, batch, row));
      links.addAll(links(batch, row));
    }
    return !naming.isEmpty();
  }

  private boolean linked(
      Table table, ColumnarBatch batch, Set<Replacement.Key> events, Set<Link> links) {
    for (int row = 0; row < batch.getSize(); row++) {
      if (isLinked(batch, row, links)) {
        events.add(key(table, batch, row));
      }
    }
    return false;
  }

  private BitSet naming(ColumnarBatch batch) {
    var naming = new BitSet(batch.getSize());
    var text = new RowText(batch);
    for (int row = 0; row < batch.getSize(); row++) {
      text.moveTo(row);
      naming.set(row, names.test(text));
    }
    return naming;
  }

  private BitSet ofPerson(Table table, ColumnarBatch batch, PersonRows person) {
    var going = new BitSet(batch.getSize());
    for (int row = 0; row < batch.getSize(); row++) {
      going.set(
          row,
          person.events().contains(key(table, batch, row)) || isLinked(batch, row, person.links()));
    }
    return going;
  }

  private static boolean isLinked(ColumnarBatch batch, int row, Set<Link> links) {
    return links(batch, row).stream().anyMatch(links::contains);
  }

  private static List<Link> links(ColumnarBatch batch, int row) {
    String source = value(batch, SOURCE, row).orElse("");
    return PersonRows.LINKS.stream()
        .flatMap(column -> value(batch, column, row).stream())
        .map(id -> new Link(source, id))
        .toList();
  }

  private static boolean isOfEvents(Table table) {
    return table.has(RowRemoval.keyColumn(table));
  }

  private static Replacement.Key key(Table table, ColumnarBatch batch, int row) {
    return new Replacement.Key(
        value(batch, SOURCE, row).orElse(""),
        value(batch, RowRemoval.keyColumn(table), row).orElse(""));
  }

  /// Empty where the table has no such column, or the row no value.
  private static Optional<String> value(ColumnarBatch batch, String column, int row) {
    int ordinal = batch.getSchema().indexOf(column);
    if (ordinal < 0) {
      return Optional.empty();
    }
    ColumnVector values = batch.getColumnVector(ordinal);
    return values.isNullAt(row) ? Optional.empty() : Optional.of(values.getString(row));
  }

  private static Columns textColumns(Table table) {
    return new Columns(table, true);
  }

  private static Columns keyColumns(Table table) {
    return new Columns(table, false);
  }

  /// Which columns to read: all that hold text, or those that tell which event a row came from.
  private record Columns(Table table, boolean all) {
    StructType in(Snapshot snapshot) {
      var schema = new StructType();
      for (StructField field : KernelActions.fileSchema(snapshot).fields()) {
        if (field.getDataType() instanceof StringType && (all || isKey(field.getName()))) {
          schema = schema.add(field);
        }
      }
      return schema;
    }

    private boolean isKey(String column) {
      return column.equals(SOURCE)
          || column.equals(RowRemoval.keyColumn(table))
          || PersonRows.LINKS.contains(column);
    }
  }
}
