package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.c2s.LeadContact;
import dev.hooklake.sources.c2s.LeadEvent;
import dev.hooklake.sources.c2s.LeadText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Removes a person from everything that enrichment keeps: events with their texts, leads, parties
/// with contacts, and jobs. Look-ups stay in the audit, which names nobody.
///
/// A lead belongs to the person when one of its events gives one of the contacts, or its contacts
/// led to a party of theirs; all its events go then, since they tell of one person, and so does
/// whoever was found for such leads only.
public final class LeadErasure {
  private static final String PAYLOADS =
      "SELECT id, source, lead_id, payload_raw FROM webhook_events";

  private static final String LEADS = "SELECT source, lead_id FROM leads";

  private static final String PARTIES_BY_CPF =
      "SELECT id FROM parties WHERE cpf_fingerprint IN (<values>)";
  private static final String KEYS =
      "SELECT DISTINCT substr(cpf_fingerprint, 1, " + (VaultKey.ID_CHARS + 1) + ") FROM parties";
  private static final String PARTIES_BY_EMAIL =
      "SELECT party_id FROM party_emails JOIN emails ON emails.id = party_emails.email_id"
          + " WHERE email IN (<values>)";
  private static final String PARTIES_BY_PHONE =
      "SELECT party_id FROM party_phones JOIN phones ON phones.id = party_phones.phone_id"
          + " WHERE number IN (<values>)";
  private static final String PARTIES_OF_LEAD =
      "SELECT DISTINCT party_id FROM lead_parties WHERE source = :source AND lead_id = :lead";
  private static final String OF_NO_LEAD =
      "id IN (<values>) AND NOT EXISTS (SELECT 1 FROM lead_parties"
          + " WHERE lead_parties.party_id = parties.id)";
  private static final String LEADS_OF_PARTIES =
      "SELECT source, lead_id FROM lead_parties WHERE party_id IN (<values>)";

  private final OperationsDatabase database;
  private final @Nullable Vault vault;

  /// @param vault null when there are no keys
  public LeadErasure(OperationsDatabase database, @Nullable Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /// Whom to erase: everything that is known of them. Never printed.
  ///
  /// @param leads that are known to be theirs, and perhaps others' ids that are no leads here
  public record Person(
      Set<EmailAddress> emails, Set<Phone> phones, Set<Cpf> cpfs, Set<Lead> leads) {
    public Person {
      emails = Set.copyOf(emails);
      phones = Set.copyOf(phones);
      cpfs = Set.copyOf(cpfs);
      leads = Set.copyOf(leads);
    }

    @Override
    public String toString() {
      return "Person";
    }
  }

  /// Another source may have the same id for somebody else.
  public record Lead(String source, String leadId) {}

  /// The leads that are theirs.
  ///
  /// @throws IllegalStateException when a CPF is given and people are kept under a key that is not
  ///   configured: they might be this one
  public Set<Lead> leadsOf(Person person) {
    return database.read(handle -> {
      requireKeys(handle, person);
      Set<Lead> leads = leads(handle, person);
      leads.addAll(leadsOf(handle, parties(handle, person)));
      return leads;
    });
  }

  private void requireKeys(Handle handle, Person person) {
    Vault keys = vault;
    boolean unknown =
        !person.cpfs().isEmpty()
            && handle.createQuery(KEYS).mapTo(String.class).list().stream()
                .anyMatch(fingerprint -> keys == null || !keys.knows(fingerprint));
    if (unknown) {
      throw new IllegalStateException(
          "people are kept under a vault key that is not configured, so nobody can tell whose CPF"
              + " it is; give all keys in enrichment.vault-keys, then erase again");
    }
  }

  /// Erases within one transaction; rows by table. Fails as `leadsOf` does.
  public Map<String, Integer> erase(Person person) {
    return database.write(handle -> erase(handle, person));
  }

  private Map<String, Integer> erase(Handle handle, Person person) {
    requireKeys(handle, person);
    Set<String> parties = parties(handle, person);
    Set<Lead> leads = leads(handle, person);
    leads.addAll(leadsOf(handle, parties));
    Set<String> found = new LinkedHashSet<>();
    leads.forEach(lead -> found.addAll(partiesOf(handle, lead)));
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Lead lead : leads) {
      eraseLead(handle, lead, counts);
    }
    delete(handle, counts, "parties", "id IN (<values>)", parties);
    delete(handle, counts, "parties", OF_NO_LEAD, found);
    List<String> emails = person.emails().stream().map(EmailAddress::address).toList();
    delete(handle, counts, "emails", "email IN (<values>)", emails);
    List<String> phones =
        person.phones().stream().flatMap(phone -> phone.variants().stream()).toList();
    delete(handle, counts, "phones", "number IN (<values>)", phones);
    orphans(handle, counts, "emails", "party_emails", "email_id");
    orphans(handle, counts, "phones", "party_phones", "phone_id");
    return counts;
  }

  private Set<String> parties(Handle handle, Person person) {
    Set<String> parties = new LinkedHashSet<>();
    Vault keys = vault;
    if (keys != null) {
      List<String> fingerprints =
          person.cpfs().stream().flatMap(cpf -> keys.fingerprints(cpf.digits()).stream()).toList();
      parties.addAll(ids(handle, PARTIES_BY_CPF, fingerprints));
    }
    parties.addAll(
        ids(
            handle,
            PARTIES_BY_EMAIL,
            person.emails().stream().map(EmailAddress::address).toList()));
    parties.addAll(
        ids(
            handle,
            PARTIES_BY_PHONE,
            person.phones().stream().flatMap(phone -> phone.variants().stream()).toList()));
    return parties;
  }

  private static List<String> ids(Handle handle, String query, List<String> values) {
    return values.isEmpty()
        ? List.of()
        : handle.createQuery(query).bindList("values", values).mapTo(String.class).list();
  }

  /// Reads every payload: the number of events is limited, and no index of contacts is kept.
  private static Set<Lead> leads(Handle handle, Person person) {
    Set<Lead> leads = new LinkedHashSet<>();
    handle
        .createQuery(PAYLOADS)
        .map((rs, _) ->
            tellsOf(rs.getString("payload_raw"), person)
                ? Optional.of(lead(rs))
                : Optional.<Lead>empty())
        .forEach(lead -> lead.ifPresent(leads::add));
    Set<Lead> known = new LinkedHashSet<>(person.leads());
    known.retainAll(handle.createQuery(LEADS).map((rs, _) -> lead(rs)).set());
    leads.addAll(known);
    return leads;
  }

  private static Lead lead(ResultSet rs) throws SQLException {
    return new Lead(rs.getString("source"), rs.getString("lead_id"));
  }

  private static boolean tellsOf(String payload, Person person) {
    Optional<LeadEvent> event = LeadEvent.read(Payload.of(payload));
    if (event.isEmpty()) {
      return false;
    }
    Contacts contacts =
        Contacts.of(event.get().contact().orElse(new LeadContact(null, null, List.of())));
    return contacts.email().filter(person.emails()::contains).isPresent()
        || contacts.phones().stream().anyMatch(phone -> sharesNumber(phone, person))
        || person.cpfs().stream().anyMatch(cpf -> writes(event.get(), cpf));
  }

  private static boolean sharesNumber(Phone phone, Person person) {
    return person.phones().stream()
        .flatMap(theirs -> theirs.variants().stream())
        .anyMatch(phone.variants()::contains);
  }

  private static boolean writes(LeadEvent event, Cpf cpf) {
    return event.texts().stream()
        .map(LeadText::body)
        .anyMatch(text -> text.contains(cpf.digits()) || text.contains(cpf.formatted()));
  }

  private static List<Lead> leadsOf(Handle handle, Set<String> parties) {
    return parties.isEmpty()
        ? List.of()
        : handle
            .createQuery(LEADS_OF_PARTIES)
            .bindList("values", parties)
            .map((rs, _) -> lead(rs))
            .list();
  }

  private static List<String> partiesOf(Handle handle, Lead lead) {
    return handle
        .createQuery(PARTIES_OF_LEAD)
        .bind("source", lead.source())
        .bind("lead", lead.leadId())
        .mapTo(String.class)
        .list();
  }

  private static void eraseLead(Handle handle, Lead lead, Map<String, Integer> counts) {
    List<String> events =
        handle
            .createQuery("SELECT id FROM webhook_events WHERE source = :source AND lead_id = :lead")
            .bind("source", lead.source())
            .bind("lead", lead.leadId())
            .mapTo(String.class)
            .list();
    delete(handle, counts, "scheduled_tasks", "task_instance IN (<values>)", events);
    delete(handle, counts, "lead_notes", "event_id IN (<values>)", events);
    delete(handle, counts, "webhook_events", "id IN (<values>)", events);
    int gone =
        handle
            .createUpdate("DELETE FROM leads WHERE source = :source AND lead_id = :lead")
            .bind("source", lead.source())
            .bind("lead", lead.leadId())
            .execute();
    counts.merge("leads", gone, Integer::sum);
  }

  private static void delete(
      Handle handle,
      Map<String, Integer> counts,
      String table,
      String condition,
      Collection<String> values) {
    int gone =
        values.isEmpty()
            ? 0
            : handle
                .createUpdate("DELETE FROM " + table + " WHERE " + condition)
                .bindList("values", values)
                .execute();
    counts.merge(table, gone, Integer::sum);
  }

  /// Contacts that were nobody else's.
  private static void orphans(
      Handle handle, Map<String, Integer> counts, String table, String links, String column) {
    int gone =
        handle.execute(
            "DELETE FROM "
                + table
                + " WHERE NOT EXISTS (SELECT 1 FROM "
                + links
                + " WHERE "
                + links
                + "."
                + column
                + " = "
                + table
                + ".id)");
    counts.merge(table, gone, Integer::sum);
  }
}
