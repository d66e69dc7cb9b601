package dev.hooklake.lake;

import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.SMS;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Table;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  private static final UUID JOURNAL = new UUID(1, 2);

  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = Lake.open(LakeSettings.in(directory), JOURNAL, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void anEmptyLakeHasLandedNothing() throws Exception {
    assertThat(lake.landedThrough()).isZero();
    assertThat(lake.snapshot(LANDING)).isEmpty();
  }

  @Test
  void aBatchIsInEveryTableItTouches() throws Exception {
    assertThat(lake.commit(batch(1, 10))).isEqualTo(new CommitOutcome.Committed(10));

    assertThat(positions()).containsExactlyElementsOf(upTo(10));
    assertThat(keys(EMAIL)).containsExactly("key-1", "key-3", "key-5", "key-7", "key-9");
    assertThat(keys(SMS)).containsExactly("key-10", "key-2", "key-4", "key-6", "key-8");
    assertThat(lake.landedThrough()).isEqualTo(10);
  }

  @Test
  void aBatchThatIsCommittedAgainChangesNothing() throws Exception {
    lake.commit(batch(1, 10));
    long version = lake.snapshot(LANDING).orElseThrow().version();

    assertThat(lake.commit(batch(1, 10))).isEqualTo(new CommitOutcome.Committed(10));

    assertThat(lake.snapshot(LANDING).orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void batchesMayBeCutDifferentlyTheSecondTime() throws Exception {
    lake.commit(batch(1, 10));
    lake.commit(batch(6, 20));

    assertThat(positions()).containsExactlyElementsOf(upTo(20));
    assertThat(lake.snapshot(EMAIL).orElseThrow().files()).hasSize(2);
    assertThat(keys(EMAIL)).hasSize(10).doesNotHaveDuplicates();
  }

  /// Of records that were erased before they landed; the journal releases them then.
  @Test
  void aVeryFirstBatchWithoutARowIsRememberedToo() throws Exception {
    assertThat(lake.commit(new Batch(1, 5, List.of()))).isEqualTo(new CommitOutcome.Committed(5));
    lake.close();

    open();
    assertThat(lake.landedThrough()).isEqualTo(5);
  }

  private List<String> positions() throws Exception {
    return DuckDb.query(
        lake.snapshot(LANDING).orElseThrow(),
        "SELECT journal_position FROM $table ORDER BY journal_position");
  }

  private List<String> keys(Table table) throws Exception {
    return DuckDb.query(
        lake.snapshot(table).orElseThrow(), "SELECT event_id FROM $table ORDER BY event_id");
  }

  private static List<String> upTo(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
  }
}
