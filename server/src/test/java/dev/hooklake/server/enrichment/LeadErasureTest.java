package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.PersonRows.Link;
import dev.hooklake.server.enrichment.LeadErasure.Lead;
import dev.hooklake.server.enrichment.LeadErasure.Person;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.operations.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LeadErasureTest {
  private static final Cpf CPF = Cpf.parse("52998224725").orElseThrow();
  private static final String TIME = "2026-01-15T10:00:00Z";

  private final LeadFakes fakes = LeadFakes.fair();
  private final LeadWorld world;

  LeadErasureTest(TestDatabase engine, @TempDir Path directory) throws InterruptedException {
    world =
        new LeadWorld(
            engine.empty(directory),
            fakes.services(),
            LeadWorld.Wishes.usual(),
            InstantSource.system());
    ended(fakes.lead("theirs", TIME, "lead1@example.com", "5511900000001"));
    ended(fakes.lead("another", TIME, "lead3@example.com", "5511900000003"));
  }

  @AfterEach
  void close() {
    world.close();
    fakes.close();
  }

  @Test
  void byAnAddressEverythingOfThePersonGoesAndNothingOfAnother() {
    Map<String, Integer> counts =
        erase(
            new Person(
                Set.of(new EmailAddress("lead1@example.com")), Set.of(), Set.of(), Set.of()));

    assertThat(counts)
        .containsEntry("webhook_events", 1)
        .containsEntry("leads", 1)
        .containsEntry("parties", 1)
        .containsEntry("lead_notes", 1)
        // Theirs, and that of the register.
        .containsEntry("emails", 2)
        .containsEntry("phones", 1);
    assertOnlyTheOtherIsLeft();
  }

  @Test
  void byAPhoneInItsOldForm() {
    erase(new Person(Set.of(), Set.of(new Phone("+551100000001", false)), Set.of(), Set.of()));
    assertOnlyTheOtherIsLeft();
  }

  @Test
  void byCpfAndByLead() {
    erase(new Person(Set.of(), Set.of(), Set.of(CPF), Set.of()));
    assertOnlyTheOtherIsLeft();
    erase(new Person(Set.of(), Set.of(), Set.of(), Set.of(new Lead("c2s", "another"))));
    assertThat(world.count("webhook_events")).isZero();
    assertThat(world.count("leads")).isZero();
  }

  @Test
  void asAStoreThatAnErasureGoesThrough() throws Exception {
    var leads = new StoredLeads(world.database, List.of(LeadWorld.key(7)));
    var person =
        new dev.hooklake.server.erasure.Person(
            Set.of("Lead1@Example.com", "not usable@here"), Set.of(), Set.of(), Set.of(), Set.of());

    assertThat(leads.erase(person, new PersonRows(Set.of(), Set.of()))).isPositive();
    assertOnlyTheOtherIsLeft();
    assertThat(leads.erase(person, new PersonRows(Set.of(), Set.of()))).isZero();
    // Somebody else's id at another source.
    assertThat(leads.erase(person, linked("customerio"))).isZero();
    assertThat(leads.erase(person, linked("c2s"))).isPositive();
    assertThat(world.count("leads")).isZero();
  }

  @Test
  void byACpfOfWhichOnlyTheVaultKnowsTheLeadIsFoundForTheLakeToo() throws Exception {
    var leads = new StoredLeads(world.database, List.of(LeadWorld.key(8), LeadWorld.key(7)));
    var person = cpf("529.982.247-25");

    assertThat(leads.links(person)).containsExactly(new Link("c2s", "theirs"));
    assertThat(leads.erase(person, new PersonRows(Set.of(), Set.of()))).isPositive();
    assertOnlyTheOtherIsLeft();
    assertThat(leads.links(person)).isEmpty();
  }

  @Test
  void byACpfWithoutTheKeyOfThoseWhoAreKeptNothingIsClaimed() {
    for (List<VaultKey> keys : List.of(List.<VaultKey>of(), List.of(LeadWorld.key(8)))) {
      var leads = new StoredLeads(world.database, keys);
      assertThatThrownBy(() -> leads.links(cpf("52998224725")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("enrichment.vault-keys")
          .hasMessageNotContaining("529");
    }
    assertThat(world.count("leads")).isEqualTo(2);
  }

  private static dev.hooklake.server.erasure.Person cpf(String number) {
    return new dev.hooklake.server.erasure.Person(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(number));
  }

  private static PersonRows linked(String source) {
    return new PersonRows(Set.of(), Set.of(new Link(source, "another")));
  }

  @Test
  void anEventUnderWayThatIsErasedIsLost() throws Exception {
    String id = world.arrive(fakes.lead("new", TIME, "lead5@example.com", "")).getFirst();
    erase(new Person(Set.of(), Set.of(), Set.of(), Set.of(new Lead("c2s", "new"))));

    assertThat(world.enrichment(new SilentMoments()).run(id)).isEqualTo(new Next.Nothing());
    assertThat(world.count("scheduled_tasks")).isEqualTo(2);
  }

  private void assertOnlyTheOtherIsLeft() {
    List<String> left =
        world.database.read(handle ->
            handle.createQuery("SELECT lead_id FROM webhook_events").mapTo(String.class).list());
    assertThat(left).containsExactly("another");
    assertThat(world.count("parties")).isEqualTo(1);
    assertThat(world.count("leads")).isEqualTo(1);
    assertThat(world.count("lead_notes")).isEqualTo(1);
  }

  private Map<String, Integer> erase(Person person) {
    return new LeadErasure(world.database, world.vault).erase(person);
  }

  private void ended(String body) throws InterruptedException {
    world.finish(world.enrichment(new SilentMoments()), world.arrive(body).getFirst());
  }
}
