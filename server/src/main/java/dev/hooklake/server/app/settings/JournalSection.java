package dev.hooklake.server.app.settings;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.server.pipeline.LakePipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How far the journal may go. Who reads it beside the lake is known only when the server starts.
public final class JournalSection implements Section<JournalSettings> {
  static final Key<Long> LIMIT =
      new Key<>(
          "journal.limit",
          null,
          "10GiB",
          ValueType.SIZE,
          "Disk the journal may take while the lake cannot be reached; past it 503.");
  static final Key<Duration> DUPLICATE_WINDOW =
      new Key<>(
          "journal.duplicate-window",
          null,
          "8d",
          ValueType.TIME,
          "How long a repeat is recognised; Customer.io retries for 7 days.");

  @Override
  public String title() {
    return "The journal";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LIMIT, DUPLICATE_WINDOW);
  }

  @Override
  public JournalSettings read(GivenSettings given) {
    Path directory = GeneralSection.data(given).resolve("journal");
    JournalSettings usual =
        JournalSettings.of(directory, LIMIT.defaultValue(), Set.of(LakePipeline.CONSUMER));
    return given.checked(
        given.where(LIMIT),
        () ->
            new JournalSettings(
                directory,
                given.value(LIMIT),
                usual.segmentBytes(),
                given.value(DUPLICATE_WINDOW),
                usual.maxRecordBytes(),
                usual.consumers()),
        () -> usual);
  }
}
