package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class EnrichmentTest {
  private static final String EARLY = "2026-01-15T10:00:00.000-03:00";
  private static final String LATER = "2026-01-15T10:05:00.000-03:00";

  /// One database an engine, emptied for each test: making one takes longer than a test.
  private static final Map<TestDatabase, DatabaseSettings> DATABASES =
      new EnumMap<>(TestDatabase.class);

  @TempDir private static Path directory;

  private final LeadFakes fakes = LeadFakes.fair();
  private final LeadWorld world;
  private final Enrichment enrichment;

  EnrichmentTest(TestDatabase engine) {
    world =
        new LeadWorld(
            DATABASES.computeIfAbsent(engine, one -> one.empty(directory)),
            fakes.services(),
            LeadWorld.Wishes.usual(),
            InstantSource.system());
    world.empty();
    enrichment = world.enrichment(new SilentMoments());
  }

  @AfterEach
  void close() {
    world.close();
    fakes.close();
  }

  @Test
  void onePersonIsFoundEnrichedStoredAndToldOf() throws Exception {
    StoredEvent event = created("a", "lead1@example.com", "5511900000001");

    assertThat(event.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(event.processedAt()).isNotNull();
    assertThat(results(event.id()))
        .isEqualTo(
            "contacts=found cpf_in_text=none find_by_phone=found find_by_email=found"
                + " decide=same_person enrich_first=found enrich_second=there is nobody else"
                + " note=sent");
    assertThat(fakes.crm.notes("a")).singleElement().asString().contains("LEAD TESTE ALFA");
    assertThat(fakes.crm.notes("a").getFirst())
        .startsWith("Telefone e e-mail pertencem à mesma pessoa.")
        .contains("***.***.***-25")
        .doesNotContain("529.982")
        .doesNotContain("MAE EXEMPLO")
        .doesNotContain("1234,56")
        .doesNotContain("PROIBIDO");
    assertThat(world.count("parties")).isEqualTo(1);
    assertThat(world.count("lookup_audit")).isEqualTo(3);
  }

  @Test
  void twoPeopleAreBothToldOf() throws Exception {
    StoredEvent event = created("a", "lead2@example.com", "5511900000001");

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(fakes.crm.notes("a"))
        .singleElement()
        .asString()
        .startsWith("Telefone e e-mail pertencem a pessoas diferentes.")
        .containsSubsequence("LEAD TESTE ALFA", "OUTRA PESSOA EXEMPLO", "Atenção");
    assertThat(world.count("parties")).isEqualTo(2);
  }

  @Test
  void oneWayIsEnough() throws Exception {
    assertThat(created("a", "lead1@example.com", "").outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(created("b", "", "(11) 90000-0001").outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(fakes.crm.notes("a").getFirst())
        .startsWith("Pessoa identificada somente pelo e-mail");
    assertThat(fakes.crm.notes("b").getFirst())
        .startsWith("Pessoa identificada somente pelo telefone");
    assertThat(world.count("parties")).isEqualTo(1);
  }

  @Test
  void whenNobodyIsFoundThereIsNoNote() throws Exception {
    StoredEvent event = created("a", "lead0@example.com", "5511900000010");

    assertThat(event.outcome()).isEqualTo(Outcome.NOBODY_FOUND);
    assertThat(fakes.crm.notes("a")).isEmpty();
    assertThat(fakes.register.calls().total()).isZero();
  }

  @Test
  void withoutAContactThereIsNothingToDo() throws Exception {
    StoredEvent event = created("a", "nao-tem@999999.com", "11999999999");

    assertThat(event.outcome()).isEqualTo(Outcome.NO_CONTACT);
    assertThat(fakes.finder.calls().total()).isZero();
  }

  @Test
  void aCpfThatTheLeadWroteIsTakenInsteadOfAsking() throws Exception {
    ObjectNode lead = LeadWorld.lead("a", EARLY, "lead1@example.com", "5511900000001");
    lead.withObject("/attributes").put("description", "meu cpf é 111.444.777-35");
    fakes.crm.lead(lead);
    StoredEvent event = finish(lead.toString());

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(fakes.finder.calls().total()).isZero();
    assertThat(fakes.crm.notes("a").getFirst())
        .startsWith("Pessoa identificada pelo CPF informado pelo próprio lead.")
        .contains("OUTRA PESSOA EXEMPLO");
  }

  @Test
  void closingAndUnknownActionsAreNotEnriched() throws Exception {
    String lead = LeadWorld.lead("a", EARLY, "lead1@example.com", "").toString();
    StoredEvent closed = finish(with(lead, "hook_action", "on_close_lead"));
    StoredEvent other = finish(with(lead.replace(EARLY, LATER), "hook_action", "on_archive_lead"));

    assertThat(closed.outcome()).isEqualTo(Outcome.CLOSED);
    assertThat(other.outcome()).isEqualTo(Outcome.OTHER_ACTION);
    assertThat(fakes.finder.calls().total()).isZero();
  }

  @Test
  void ourOwnNoteComingBackStartsNothing() throws Exception {
    StoredEvent first = created("a", "lead1@example.com", "5511900000001");
    String note = fakes.crm.notes("a").getFirst();
    ObjectNode echo = LeadWorld.lead("a", LATER, "lead1@example.com", "+5511900000001");
    echo.putArray("messages").addObject().put("sender_type", "SysUser").put("body", note);
    StoredEvent again = finish(echo.put("hook_action", "on_update_lead").toString());

    assertThat(first.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(again.outcome()).isEqualTo(Outcome.OWN_NOTE);
    assertThat(fakes.crm.notes("a")).hasSize(1);
    assertThat(fakes.finder.calls().total()).isEqualTo(2);
  }

  @Test
  void onlyNewContactsAreLookedUpAgain() throws Exception {
    created("a", "lead1@example.com", "5511900000001");
    StoredEvent same =
        updated("a", "2026-01-15T10:01:00-03:00", "LEAD1@example.com", "11900000001");
    StoredEvent silent =
        finish("{\"id\":\"a\",\"attributes\":{\"updated_at\":\"2026-01-15T10:02:00-03:00\"}}");
    StoredEvent moved =
        updated("a", "2026-01-15T10:03:00-03:00", "lead2@example.com", "11900000001");

    assertThat(List.of(same.outcome(), silent.outcome(), moved.outcome()))
        .containsExactly(Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.ENRICHED);
    assertThat(fakes.crm.notes("a")).hasSize(2);
  }

  @Test
  void aLeadGetsNoMoreNotesThanAllowed() throws Exception {
    created("a", "lead1@example.com", "");
    for (int minute = 1; minute < 5; minute++) {
      updated(
          "a",
          "2026-01-15T10:0" + minute + ":00-03:00",
          "lead" + (minute + 1) + "@example.com",
          "");
    }
    assertThat(fakes.crm.notes("a")).hasSize(3);
  }

  @Test
  void anOlderEventNeitherAsksNorOverwrites() throws Exception {
    updated("a", LATER, "lead1@example.com", "5511900000001");
    StoredEvent older = updated("a", EARLY, "lead2@example.com", "5511900000002");

    assertThat(older.outcome()).isEqualTo(Outcome.OLDER);
    assertThat(fakes.crm.notes("a")).hasSize(1);
    assertThat(world.count("parties")).isEqualTo(1);
  }

  @Test
  void anEventWithoutContactsReadsThemFromTheCrm() throws Exception {
    fakes.lead("a", EARLY, "lead1@example.com", "5511900000001");
    StoredEvent event = finish("{\"id\":\"a\",\"attributes\":{\"updated_at\":\"" + LATER + "\"}}");

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(fakes.crm.notes("a")).hasSize(1);
  }

  @Test
  void aRegisterThatIsDownFailsTheEventWithTheReason() throws Exception {
    failFinder(6);
    StoredEvent event = created("a", "lead1@example.com", "5511900000001");

    assertThat(event.status()).isEqualTo(EventStatus.FAILED);
    assertThat(event.errorMessage())
        .isEqualTo("find_by_phone: diretrix answered 500; find_by_email: diretrix answered 500");
    assertThat(event.processedAt()).isNotNull();
    assertThat(fakes.crm.notes("a")).isEmpty();
  }

  @Test
  void oneWayThatFailsDoesNotStopTheOther() throws Exception {
    failFinder(3);
    StoredEvent event = created("a", "lead1@example.com", "5511900000001");

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(results(event.id())).contains("find_by_phone=diretrix answered 500");
    assertThat(fakes.crm.notes("a")).hasSize(1);
  }

  @Test
  void aProfileThatCannotBeHadLeavesTheOtherPersonsNote() throws Exception {
    for (int i = 0; i < 3; i++) {
      fakes.register.next(new Fault.Answered(Reply.text(500, "secret text of theirs")));
    }
    StoredEvent event = created("a", "lead2@example.com", "5511900000001");

    assertThat(event.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(results(event.id()))
        .contains("enrich_first=workapi answered 500", "enrich_second=found");
    assertThat(fakes.crm.notes("a").getFirst()).contains("Outros dados não estão disponíveis.");
  }

  @Test
  void credentialsThatARegisterRefusesMakeLeadsWaitAndAreNotTriedByEachOfThem() throws Exception {
    var clock = new ManualClock();
    try (LeadWorld waiting =
        new LeadWorld(
            TestDatabase.SQLITE.empty(directory.resolve("refused-" + System.nanoTime())),
            fakes.services(),
            LeadWorld.Wishes.usual(),
            clock)) {
      Enrichment refused = waiting.enrichment(new SilentMoments());
      fakes.finder.next(new Fault.Answered(Reply.text(401, "")));
      List<String> ids = new ArrayList<>();
      for (String id : List.of("a", "b", "c")) {
        ids.addAll(waiting.arrive(fakes.lead(id, EARLY, "lead1@example.com", "5511900000001")));
        assertThat(refused.run(ids.getLast())).isInstanceOf(Next.At.class);
      }
      StoredEvent waits = waiting.event(ids.getLast());
      assertThat(waits.status()).isEqualTo(EventStatus.PROCESSING);
      assertThat(waits.attempts()).isZero();
      assertThat(waits.errorMessage()).isEqualTo("diretrix does not accept our credentials");
      assertThat(waits.nextAttemptAt()).isAfter(clock.instant().plus(Duration.ofMinutes(5)));
      assertThat(fakes.finder.calls().total()).isZero();
      assertThat(
              waiting
                  .registry
                  .get("hooklake.service.refused")
                  .tag("service", "diretrix")
                  .gauge()
                  .value())
          .isEqualTo(1);

      clock.advance(Duration.ofMinutes(6));
      for (String id : ids) {
        assertThat(waiting.finish(refused, id).outcome()).isEqualTo(Outcome.ENRICHED);
      }
    }
  }

  @Test
  void throttlingIsNoAttemptOfOurs() throws Exception {
    for (int i = 0; i < 10; i++) {
      fakes.finder.next(new Fault.Answered(Reply.text(429, "").with("Retry-After", "0")));
    }
    StoredEvent event = created("a", "lead1@example.com", "5511900000001");

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(event.attempts()).isZero();
  }

  @Test
  void aNoteWhoseAnswerWasLostIsLookedForAndNotSentAgain() throws Exception {
    String body = fakes.lead("a", EARLY, "lead1@example.com", "5511900000001");
    String id = world.arrive(body).getFirst();
    fakes.crm.next(new Fault.CutOff());
    StoredEvent event = world.finish(enrichment, id);

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(fakes.crm.notes("a")).hasSize(1);
  }

  @Test
  void anAttemptThatSentNothingDoesNotForgetAnEarlierOneWhoseNoteShowsLate() throws Exception {
    String body = fakes.lead("a", EARLY, "lead1@example.com", "5511900000001");
    ObjectNode lead = LeadWorld.lead("a", EARLY, "lead1@example.com", "5511900000001");
    String id = world.arrive(body).getFirst();
    fakes.crm.next(new Fault.CutOff());
    enrichment.run(id);
    fakes.crm.next(new Fault.Answered(Reply.text(200, "{\"data\":" + lead + "}")));
    fakes.crm.next(new Fault.Answered(Reply.text(429, "").with("Retry-After", "0")));
    enrichment.run(id);
    lead.putArray("messages")
        .addObject()
        .put("sender_type", "SysUser")
        .put("body", "late " + NoteMark.of(world.event(id)));
    fakes.crm.lead(lead);
    StoredEvent event = world.finish(enrichment, id);

    assertThat(event.outcome()).isEqualTo(Outcome.ENRICHED);
    assertThat(results(id)).contains("note=found sent");
    assertThat(fakes.crm.notes("a")).hasSize(1);
  }

  @Test
  void aPersonIsNotAskedForAgainTooSoon() throws Exception {
    try (LeadWorld patient =
        new LeadWorld(
            TestDatabase.SQLITE.empty(directory.resolve("patient-" + System.nanoTime())),
            fakes.services(),
            new LeadWorld.Wishes(
                LeadWorld.Wishes.usual().limits(),
                LeadWorld.Wishes.usual().queue(),
                Duration.ofHours(1),
                3),
            InstantSource.system())) {
      Enrichment patiently = patient.enrichment(new SilentMoments());
      for (String id : List.of("a", "b")) {
        String body = fakes.lead(id, EARLY, "lead1@example.com", "5511900000001");
        patient.finish(patiently, patient.arrive(body).getFirst());
      }
    }
    assertThat(fakes.finder.calls().total()).isEqualTo(2);
    assertThat(fakes.register.calls().total()).isEqualTo(1);
    assertThat(fakes.crm.notes("b")).hasSize(1);
  }

  private void failFinder(int times) {
    for (int i = 0; i < times; i++) {
      fakes.finder.next(new Fault.Answered(Reply.text(500, "secret text of theirs")));
    }
  }

  private StoredEvent created(String id, String email, String phone) throws Exception {
    return finish(fakes.lead(id, EARLY, email, phone));
  }

  private StoredEvent updated(String id, String at, String email, String phone) throws Exception {
    ObjectNode lead = LeadWorld.lead(id, at, email, phone);
    if (fakes.crm.notes(id).isEmpty()) {
      fakes.crm.lead(lead);
    }
    return finish(lead.put("hook_action", "on_update_lead").toString());
  }

  private StoredEvent finish(String body) throws Exception {
    return world.finish(enrichment, world.arrive(body).getFirst());
  }

  private static String with(String json, String name, String value) {
    return ((ObjectNode) LeadWorld.json(json)).put(name, value).toString();
  }

  private String results(String id) {
    return world.steps(id).stream()
        .map(step -> step.step().label() + "=" + step.result())
        .collect(Collectors.joining(" "));
  }
}
