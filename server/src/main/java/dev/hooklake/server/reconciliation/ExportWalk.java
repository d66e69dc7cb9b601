package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.customerio.ExportFile;
import dev.hooklake.providers.customerio.ExportFile.Row;
import dev.hooklake.providers.customerio.Reading;
import dev.hooklake.providers.customerio.UnusableExport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Goes through the file of an export as through a list. Rows that cannot be read are passed over
/// and told at the end.
final class ExportWalk implements ProviderHistory.Walk, AutoCloseable {
  private static final int ROWS_AT_ONCE = 1_000;
  private static final long CHARACTERS_AT_ONCE = 1L << 20;
  private static final int MOST_TOLD = 20;
  private static final String GONE =
      "the file of deliveries is gone: an erasure removes such files; ask for the backfill again";

  private final String source;
  private final Path path;
  private final ExportFile file;
  private final List<String> unreadable = new ArrayList<>();
  private long rows;
  private long unreadableRows;
  private long withoutWebhooks;
  private final Set<String> kindsWithoutWebhooks = new TreeSet<>();
  private boolean ended;

  /// @throws UnusableExport when the file is none, or gone
  ExportWalk(String source, Path path, Reading reading) throws IOException {
    this.source = source;
    this.path = path;
    this.file = ExportFile.open(open(path), reading);
  }

  private static InputStream open(Path path) throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new UnusableExport(GONE);
    }
  }

  @Override
  public ProviderHistory.Step next() {
    // An erasure deletes the file; what was read of it must not come back.
    if (!Files.exists(path)) {
      return new ProviderHistory.Step.Broken(GONE);
    }
    if (ended) {
      return new ProviderHistory.Step.End();
    }
    try {
      return new ProviderHistory.Step.Messages(some());
    } catch (UnusableExport e) {
      return new ProviderHistory.Step.Broken(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new ProviderHistory.Step.Broken(
          "the file of deliveries cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private List<ListedMessage> some() throws IOException {
    List<ListedMessage> messages = new ArrayList<>();
    long characters = 0;
    for (int i = 0; i < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE && !ended; i++) {
      int before = messages.size();
      Optional<Row> row = file.next();
      ended = row.isEmpty();
      row.ifPresent(read -> take(read, messages));
      characters += messages.size() == before ? 0 : messages.getLast().length();
    }
    return messages;
  }

  private void take(Row row, List<ListedMessage> messages) {
    rows++;
    switch (row) {
      case Row.Message(var message) ->
          CustomerIoListed.ofExport(source, message, file.tellsWhoDidIt())
              .ifPresentOrElse(messages::add, () -> passOver(message.type()));
      case Row.Unreadable(long line, String why) -> {
        unreadableRows++;
        if (unreadable.size() < MOST_TOLD) {
          unreadable.add("line " + line + ": " + why);
        }
      }
    }
  }

  private void passOver(String kind) {
    withoutWebhooks++;
    kindsWithoutWebhooks.add(kind);
  }

  /// Of the provider: none.
  @Override
  public long requests() {
    return 0;
  }

  /// What is strange about how many rows there are; empty when nothing is.
  ///
  /// @param told how many the provider said there are; 0 when it did not
  Optional<String> rowsBeside(long told) {
    if (rows == 0) {
      return Optional.of("the file holds no delivery; is the number right?");
    }
    return told == 0 || told == rows
        ? Optional.empty()
        : Optional.of(
            "the provider tells of %,d deliveries, the file has %,d rows".formatted(told, rows));
  }

  /// What of the file is not used; empty when all is.
  Optional<String> unused() {
    List<String> unused = new ArrayList<>();
    if (!file.unusedColumns().isEmpty()) {
      unused.add("columns that are not used: " + String.join(", ", file.unusedColumns()));
    }
    if (!file.tellsWhoDidIt()) {
      unused.add(
          "the file has no columns that say who opened or clicked, so all count as people's");
    }
    return unused.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unused));
  }

  /// What kinds of messages were passed over; empty when none.
  Optional<String> passedOver() {
    return withoutWebhooks == 0
        ? Optional.empty()
        : Optional.of(
            withoutWebhooks
                + " rows are of kinds of messages that have no webhooks: "
                + String.join(", ", kindsWithoutWebhooks));
  }

  /// Which rows could not be read; empty when all could.
  Optional<String> unreadable() {
    if (unreadableRows == 0) {
      return Optional.empty();
    }
    String more = unreadableRows > unreadable.size() ? "; and so on" : "";
    return Optional.of(
        "%,d of %,d rows cannot be read, what the others tell is dealt with: %s%s"
            .formatted(unreadableRows, rows, String.join("; ", unreadable), more));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
