package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.SimulatedStore;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the lake must hold, in plain collections: which number each sequence has, and how often
/// each number was landed and derived.
final class SpineModel {
  private final StoredTable landing;
  private final StoredTable quarantine;
  private final List<StoredTable> channels;

  private final TreeMap<Long, Long> numberOf = new TreeMap<>();
  private final Map<Long, Long> sequenceOf = new HashMap<>();
  private final Set<Long> lost = new HashSet<>();

  /// By sequence.
  private final Map<Long, Integer> landed = new HashMap<>();

  /// By number.
  private final Map<Long, Integer> derived = new HashMap<>();

  private final Set<Long> touched = new HashSet<>();
  private long landedThrough;

  SpineModel(SimulatedStore store, String root) {
    landing =
        new StoredTable(
            store, root, Tables.LANDING, List.of("event_key", "body", "journal_position"));
    quarantine =
        new StoredTable(store, root, Tables.QUARANTINE, List.of("event_key", "journal_position"));
    channels =
        List.of(Channel.EMAIL, Channel.SMS).stream()
            .map(Tables::events)
            .map(table -> new StoredTable(store, root, table, List.of("event_id", "timestamp")))
            .toList();
  }

  /// A record that the journal has taken, or turned out to have kept.
  void kept(long sequence, long number) {
    Long before = numberOf.put(sequence, number);
    assertThat(before == null || before == number).as("sequence %s twice", sequence).isTrue();
    sequenceOf.put(number, sequence);
  }

  void kept(JournalRecord record) {
    kept(record.sequence(), SpineSource.number(EventCodec.decode(record.payload())));
  }

  /// What a repair has reported as lost; it may or may not be in the lake already. Says how much of
  /// it was not lost before.
  int lost(long first, long last) {
    int before = lost.size();
    for (long sequence = first; sequence <= last; sequence++) {
      lost.add(sequence);
    }
    return lost.size() - before;
  }

  long landedThrough() {
    return landedThrough;
  }

  /// Whether a table besides landing has rows of a batch that landing lacks.
  boolean tableAhead() {
    return channels.stream().anyMatch(table -> table.transaction() > landing.transaction())
        || quarantine.transaction() > landing.transaction();
  }

  /// Compares the lake with what it must hold.
  void check() throws IOException {
    look();
    long before = landedThrough;
    landedThrough = landing.transaction();
    assertThat(landedThrough).as("landing never goes back").isGreaterThanOrEqualTo(before);
    numberOf.subMap(before, false, landedThrough, true).keySet().forEach(touched::add);
    for (long sequence : touched) {
      check(sequence);
    }
    touched.clear();
    assertThat(landing.isWhole()).as("the files of landing are there").isTrue();
    assertThat(quarantine.isWhole()).as("the files of quarantine are there").isTrue();
    assertThat(channels).as("the files of the channel tables").allMatch(StoredTable::isWhole);
  }

  private void check(long sequence) {
    long number = numberOf.get(sequence);
    int inLanding = landed.getOrDefault(sequence, 0);
    int inTyped = derived.getOrDefault(number, 0);
    if (sequence <= landedThrough && !lost.contains(sequence)) {
      assertThat(inLanding).as("times sequence %s is in landing", sequence).isEqualTo(1);
      assertThat(inTyped).as("times sequence %s is derived", sequence).isEqualTo(1);
    } else {
      assertThat(inLanding).as("times sequence %s is in landing", sequence).isLessThan(2);
      assertThat(inTyped).as("times sequence %s is derived", sequence).isLessThan(2);
    }
  }

  private void look() throws IOException {
    landing.look(rows -> landed(rows, 1), rows -> landed(rows, -1));
    quarantine.look(rows -> quarantined(rows, 1), rows -> quarantined(rows, -1));
    for (StoredTable table : channels) {
      table.look(rows -> derived(rows, 1), rows -> derived(rows, -1));
    }
  }

  private void landed(List<List<Object>> rows, int times) {
    long last = 0;
    for (List<Object> row : rows) {
      long sequence = (Long) row.get(2);
      assertThat(sequence).as("order within a file").isGreaterThan(last);
      assertThat(numberOf.get(sequence))
          .as("what sequence %s of landing holds", sequence)
          .isEqualTo(Long.valueOf((String) row.get(1)));
      landed.merge(sequence, times, Integer::sum);
      touched.add(sequence);
      last = sequence;
    }
  }

  private void quarantined(List<List<Object>> rows, int times) {
    for (List<Object> row : rows) {
      Long number = numberOf.get((Long) row.get(1));
      assertThat(number).as("what is quarantined was accepted").isNotNull();
      derive(number, times);
    }
  }

  private void derived(List<List<Object>> rows, int times) {
    for (List<Object> row : rows) {
      derive((Long) row.get(1), times);
    }
  }

  private void derive(long number, int times) {
    assertThat(sequenceOf).as("what is derived was accepted").containsKey(number);
    derived.merge(number, times, Integer::sum);
    touched.add(sequenceOf.get(number));
  }

  /// Whether all that was kept is in the lake.
  boolean allLanded() {
    return numberOf.tailMap(landedThrough, false).keySet().stream().allMatch(lost::contains);
  }
}
