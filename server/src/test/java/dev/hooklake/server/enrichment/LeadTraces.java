package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.app.LakeSearch;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.operations.DatabaseSearch;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.testkit.leads.InventedPerson;
import io.micrometer.core.instrument.Meter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where people stand in clear after leads were enriched, against where the documentation says that
/// they do: metrics, every column of the database, and of the lake into which all of it lands.
final class LeadTraces {
  /// Known to registers only, in both their forms.
  static final List<String> CPFS =
      InventedPerson.ALL.stream()
          .map(person -> Cpf.parse(person.cpf()).orElseThrow())
          .flatMap(cpf -> Stream.of(cpf.digits(), cpf.formatted()))
          .toList();

  static final List<String> PHONES =
      IntStream.rangeClosed(1, 4).mapToObj("119000000%02d"::formatted).toList();

  /// Of leads, and of the registers.
  static final List<String> EMAILS = List.of("@example.com", "@example.org", "@example.net");

  static final List<String> ALL = Stream.of(CPFS, PHONES, EMAILS).flatMap(List::stream).toList();

  private LeadTraces() {}

  static void requireOnlyWhereTheyMayBe(LeadWorld world, Path lake) throws Exception {
    searchMetrics(world);
    searchDatabase(world);
    searchLake(landed(world, lake));
  }

  private static void searchMetrics(LeadWorld world) {
    List<String> names =
        world.registry.getMeters().stream().map(Meter::getId).map(Meter.Id::toString).toList();
    assertThat(names).isNotEmpty();
    assertThat(String.join("\n", names)).doesNotContain(ALL);
  }

  private static void searchDatabase(LeadWorld world) throws Exception {
    try (Connection connection = world.database.forJobs().getConnection()) {
      assertThat(DatabaseSearch.columnsWith(connection, CPFS)).isEmpty();
      assertThat(DatabaseSearch.columnsWith(connection, PHONES))
          .containsExactly("phones.number", "webhook_events.payload_raw");
      assertThat(DatabaseSearch.columnsWith(connection, EMAILS))
          .containsExactly("emails.email", "webhook_events.payload_raw");
    }
  }

  private static void searchLake(LakeReader lake) throws Exception {
    assertThat(LakeSearch.columnsWith(lake, CPFS)).isEmpty();
    assertThat(LakeSearch.columnsWith(lake, PHONES))
        .contains("webhook_landing.body")
        .isSubsetOf("lead_events.phone", "lead_events.extra", "webhook_landing.body");
    assertThat(LakeSearch.columnsWith(lake, EMAILS))
        .contains("webhook_landing.body")
        .isSubsetOf("lead_events.email_address", "webhook_landing.body");
    assertThat(LakeSearch.columnsWith(lake, List.of("lead_enrichment")))
        .isSubsetOf("lead_events.object_type");
  }

  /// Lands all that is in the journal: what the CRM sent, and how its enrichments ended.
  private static LakeReader landed(LeadWorld world, Path directory) throws Exception {
    LakeSettings settings = LakeSettings.in(directory);
    var decoder = new RecordDecoder(Map.of("c2s", new C2s(C2sSettings.of("c2s", List.of()))));
    var rows = new ArrayList<Batch.SequencedRow>();
    List<JournalRecord> records = world.journal.records();
    for (JournalRecord record : records) {
      SourceEvent event = EventCodec.event(record).orElseThrow();
      long sequence = record.sequence();
      rows.add(new Batch.SequencedRow(sequence, LandingRows.landing(event, sequence)));
      rows.add(new Batch.SequencedRow(sequence, decoder.derived(event, sequence, Instant.EPOCH)));
    }
    try (Lake lake = Lake.open(settings, new UUID(1, 1), InstantSource.system())) {
      assertThat(lake.commit(new Batch(1, records.size(), rows)))
          .isInstanceOf(CommitOutcome.Committed.class);
    }
    return LakeReader.open(settings);
  }
}
