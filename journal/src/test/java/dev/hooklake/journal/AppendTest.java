package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.entry;
import static dev.hooklake.journal.JournalFixture.payloads;
import static dev.hooklake.journal.JournalFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.AppendOutcome.Full;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppendTest {

  private final JournalFixture fixture = new JournalFixture(1);

  @Test
  void sequencesStartAtOneAndRiseByOne() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThat(journal.append(List.of(entry("a"), entry("b"))))
          .containsExactly(new Appended(1), new Appended(2));
      assertThat(append(journal, "c")).isEqualTo(new Appended(3));
    }
  }

  @Test
  void outcomesStandInTheOrderOfTheEntries() throws Exception {
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      assertThat(journal.append(List.of(entry("b"), entry("a"), entry("b"), entry("c"))))
          .containsExactly(new Appended(2), new Duplicate(), new Duplicate(), new Appended(3));
    }
  }

  @Test
  void whatIsAppendedIsReadBackInOrder() throws Exception {
    try (Journal journal = fixture.open()) {
      List<String> written = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        append(journal, "key " + i);
        written.add("payload of key " + i);
      }
      assertThat(payloads(readAll(journal))).isEqualTo(written);
      assertThat(journal.status().segments()).isGreaterThan(5);
    }
  }

  @Test
  void aRecordCarriesItsKeyAndTheTimeOfAppending() throws Exception {
    try (Journal journal = fixture.open()) {
      append(journal, "a");
      assertThat(readAll(journal))
          .containsExactly(
              new JournalRecord(1, fixture.now, EventKey.of("test", "a"), entry("a").payload()));
    }
  }

  @Test
  void nothingIsAnEmptyAppend() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThat(journal.append(List.of())).isEmpty();
    }
  }

  @Test
  void anEmptyPayloadIsKept() throws Exception {
    try (Journal journal = fixture.open()) {
      journal.append(List.of(entry("a", "")));
      assertThat(payloads(readAll(journal))).containsExactly("");
    }
  }

  @Test
  void aPayloadLargerThanAllowedIsTheCallersMistake() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThatThrownBy(() -> journal.append(List.of(entry("a", "x".repeat(2049)))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a payload has 2049 bytes; the journal takes at most 2048");
      assertThat(append(journal, "a")).isEqualTo(new Appended(1));
    }
  }

  @Test
  void oneAppendMayBeLargerThanASegment() throws Exception {
    List<Entry> many = IntStream.range(0, 1000).mapToObj(i -> entry("key " + i)).toList();
    try (Journal journal = fixture.open()) {
      assertThat(journal.append(many).getLast()).isEqualTo(new Appended(1000));
      assertThat(readAll(journal)).hasSize(1000);
    }
  }

  @Test
  void aFullJournalRefusesUntilItsConsumersHaveCaughtUp() throws Exception {
    fixture.settings = JournalFixture.settings(4L * JournalFixture.SEGMENT_BYTES, Set.of("lake"));
    try (Journal journal = fixture.open()) {
      int accepted = 0;
      while (append(journal, "key " + accepted) instanceof Appended) {
        accepted++;
      }
      assertThat(append(journal, "late")).isEqualTo(new Full());
      assertThat(append(journal, "key 0")).isEqualTo(new Duplicate());
      assertThat(journal.status().bytes()).isLessThanOrEqualTo(4L * JournalFixture.SEGMENT_BYTES);
      assertThat(journal.status().writable()).isTrue();

      journal.consumer("lake", 0).passed(accepted);
      // The keeper comes with the next append; the one after it finds room.
      append(journal, "late");
      assertThat(append(journal, "late")).isEqualTo(new Appended(accepted + 1L));
    }
  }

  @Test
  void aClosedJournalRefusesAppends() throws Exception {
    Journal journal = fixture.openWithThreads();
    journal.close();
    journal.close();
    assertThat(append(journal, "a")).isEqualTo(new Failed("the journal is closed"));
    assertThat(journal.status().writable()).isFalse();
  }

  @Test
  void statusCountsRecordsBytesAndKeys() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThat(journal.status().firstSequence()).isEqualTo(1);
      assertThat(journal.status().lastSequence()).isZero();
      for (int i = 0; i < 200; i++) {
        append(journal, "key " + i);
      }
      JournalStatus status = journal.status();
      assertThat(status.lastSequence()).isEqualTo(200);
      assertThat(status.knownKeys()).isEqualTo(200);
      assertThat(status.consumerPositions()).containsEntry("lake", 0L);
      long payloads = IntStream.range(0, 200).map(i -> ("payload of key " + i).length()).sum();
      assertThat(status.bytes())
          .isEqualTo(payloads + 200L * Frame.HEADER_BYTES + status.segments() * 64L);
    }
  }
}
