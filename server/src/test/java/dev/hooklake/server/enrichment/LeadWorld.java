package dev.hooklake.server.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.enrichment.LeadArrivals.Arrival;
import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallMeters;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.call.SharedPace;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.person.Diretrix;
import dev.hooklake.server.enrichment.person.ProfileField;
import dev.hooklake.server.enrichment.person.RegisterSettings;
import dev.hooklake.server.enrichment.person.WorkApi;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.c2s.LeadEnrichment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// One server's enrichment on a database of the test's choice, against services wherever they are.
final class LeadWorld implements AutoCloseable {
  static final String CRM_TOKEN = "example-api-token";
  static final String USER = "user";
  static final String PASSWORD = "password";
  static final String REGISTER_TOKEN = "register-token";
  static final Instant NOW = Instant.parse("2026-01-15T13:00:05Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LawfulUse USE = new LawfulUse("legitimate interest", "answering leads");

  /// Where the services are.
  record Services(URI crm, URI finder, URI register) {}

  /// How this world differs from the usual one.
  record Wishes(CallLimits limits, Queue queue, Duration reuse, int notesPerLead) {
    static Wishes usual() {
      return new Wishes(
          new CallLimits(
              1_000_000,
              Duration.ofMinutes(1),
              8,
              Duration.ofSeconds(10),
              // Never opens: what a breaker does is tested by itself.
              new CallLimits.BreakerLimits(1_000, 1_000, Duration.ofSeconds(1))),
          new Queue(
              3,
              new BackOff(Duration.ofMillis(1), Duration.ofMillis(5)),
              Duration.ofDays(1),
              1_000,
              5_000,
              4),
          Duration.ZERO,
          3);
    }
  }

  final OperationsDatabase database;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Ending ending = new Ending();
  final Vault vault = new Vault(List.of(key(7)), new SecureRandom());
  private final HttpClient http = HttpClient.newHttpClient();
  private final Services services;
  private final Wishes wishes;
  final MemoryJournal journal;
  private final InstantSource clock;
  private final C2s source = new C2s(C2sSettings.of("c2s", List.of()));
  private final LeadArrivals arrivals = new LeadArrivals(true);

  LeadWorld(DatabaseSettings settings, Services services, Wishes wishes, InstantSource clock) {
    this.database = OperationsDatabase.open(settings);
    this.services = services;
    this.wishes = wishes;
    this.clock = clock;
    this.journal = new MemoryJournal(clock);
  }

  static VaultKey key(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return VaultKey.of(Base64.getEncoder().encodeToString(bytes));
  }

  /// Takes out what earlier tests left.
  void empty() {
    database.change(handle -> {
      for (String table :
          List.of(
              "lead_notes",
              "lookup_audit",
              "scheduled_tasks",
              "webhook_events",
              "leads",
              "parties",
              "emails",
              "phones")) {
        handle.execute("DELETE FROM " + table);
      }
    });
  }

  Enrichments.Parts parts(Moments moments) {
    var finder =
        new RegisterSettings("diretrix", services.finder(), USER, PASSWORD, ProfileField.DEFAULT);
    var register =
        new RegisterSettings(
            "workapi", services.register(), "", REGISTER_TOKEN, ProfileField.DEFAULT);
    return new Enrichments.Parts(
        database,
        vault,
        new Diretrix(finder, service("diretrix")),
        new WorkApi(register, service("workapi")),
        crm(),
        moments,
        clock,
        new Random(1));
  }

  C2sApi crm() {
    return new C2sApi(service("c2s"), services.crm(), CRM_TOKEN);
  }

  RemoteService service(String name) {
    return new RemoteService(
        name,
        wishes.limits(),
        new SharedPace(name, wishes.limits(), database, clock),
        new RemoteService.Parts(http, ending, clock, new CallMeters(registry)));
  }

  EnrichmentSettings settings() {
    EnrichmentSettings usual = EnrichmentSettings.of(USE);
    return new EnrichmentSettings(
        USE,
        wishes.queue(),
        new dev.hooklake.server.enrichment.note.NoteSettings(
            usual.note().cpf(), usual.note().maxChars(), wishes.notesPerLead()),
        wishes.reuse(),
        usual.retention());
  }

  Enrichment enrichment(Moments moments) {
    return Enrichments.of(parts(moments), settings());
  }

  LeadJobs jobs(String server, Moments moments, LeadJobs.Rhythm rhythm) {
    List<Chore> chores =
        Enrichments.chores(
            parts(moments), settings(), new OwnEvents(journal, new SimpleMeterRegistry()));
    return LeadJobs.start(
        new LeadJobs.Parts(server, database, enrichment(moments), chores, ending, clock),
        wishes.queue().concurrency(),
        rhythm);
  }

  /// Takes a delivery's body in as the consumer does; the ids of its usable events.
  List<String> arrive(String body) {
    Delivery delivery =
        new Delivery(
            "/api/v1/webhooks/c2s",
            "",
            Headers.of("content-type", "application/json"),
            Payload.of(body),
            clock.instant());
    var ids = new ArrayList<String>();
    List<SourceEvent> events = source.split(delivery);
    journaled(events);
    database.change(handle -> {
      for (SourceEvent event : events) {
        Arrival.of(event)
            .ifPresent(arrival -> {
              arrivals.store(handle, arrival, clock.instant());
              ids.add(LeadArrivals.id(event));
            });
      }
    });
    return ids;
  }

  private void journaled(List<SourceEvent> events) {
    try {
      journal.append(events.stream().map(EventCodec::entry).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs an event's job until the event has ended, whatever it is to wait for.
  StoredEvent finish(Enrichment enrichment, String id) throws InterruptedException {
    for (int run = 0; run < 100; run++) {
      if (enrichment.run(id) instanceof Next.Nothing) {
        return event(id);
      }
    }
    throw new AssertionError("the event does not come to an end: " + event(id));
  }

  StoredEvent event(String id) {
    return database.read(handle -> LeadEvents.byId(handle, id).orElseThrow());
  }

  List<StepRecord> steps(String id) {
    return database.read(handle -> Steps.list(handle, id));
  }

  /// The bodies of what was journaled of how enrichments ended.
  List<String> reported() {
    return journal.records().stream()
        .map(record -> EventCodec.decode(record.payload()))
        .filter(LeadEnrichment::is)
        .map(event -> event.body().utf8())
        .toList();
  }

  int count(String table) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(int.class).one());
  }

  /// A lead as the CRM has it.
  static ObjectNode lead(String id, String updatedAt, String email, String phone) {
    ObjectNode lead = JSON.createObjectNode();
    lead.put("id", id);
    ObjectNode attributes = lead.putObject("attributes");
    attributes.put("updated_at", updatedAt);
    ObjectNode customer = attributes.putObject("customer");
    customer.put("name", "Lead Teste Alfa").put("email", email).put("phone", phone);
    return lead;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ending.begin();
    http.close();
    database.close();
  }
}
