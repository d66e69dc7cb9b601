package dev.hooklake.server.enrichment;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What enrichment keeps of a person, as an erasure sees it.
public final class StoredLeads implements Erasable {
  private final OperationsDatabase database;
  private final LeadErasure leads;

  /// @param keys under which people are kept, by whose CPF they are found; none when there are none
  public StoredLeads(OperationsDatabase database, List<VaultKey> keys) {
    this.database = database;
    leads = new LeadErasure(database, keys.isEmpty() ? null : new Vault(keys, new SecureRandom()));
  }

  @Override
  public String name() {
    return "leads";
  }

  @Override
  public Set<PersonRows.Link> links(Person person) throws IOException {
    var nothingElse = new PersonRows(Set.of(), Set.of());
    return told(() ->
        leads.leadsOf(known(person, nothingElse)).stream()
            .map(lead -> new PersonRows.Link(lead.source(), lead.leadId()))
            .collect(Collectors.toSet()));
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return told(() -> {
      long removed =
          leads.erase(known(person, rows)).values().stream().mapToLong(Integer::longValue).sum();
      database.purge();
      return removed;
    });
  }

  private static <T> T told(Supplier<T> work) throws IOException {
    try {
      return work.get();
    } catch (DatabaseAway | IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Of the lake's links those are leads that are leads here.
  private static LeadErasure.Person known(Person person, PersonRows rows) {
    Set<LeadErasure.Lead> leads =
        rows.links().stream()
            .map(link -> new LeadErasure.Lead(link.source(), link.id()))
            .collect(Collectors.toSet());
    return new LeadErasure.Person(
        each(person.emails(), EmailAddress::new),
        each(person.phones(), phone -> new Phone("+" + phone, false)),
        person.cpfs().stream().flatMap(cpf -> Cpf.parse(cpf).stream()).collect(Collectors.toSet()),
        leads);
  }

  /// What enrichment could not have taken for a contact, it does not hold.
  private static <T> Set<T> each(Set<String> given, Function<String, T> form) {
    var contacts = new HashSet<T>();
    for (String value : given) {
      try {
        contacts.add(form.apply(value));
      } catch (IllegalArgumentException e) {
        // Not a contact here.
      }
    }
    return contacts;
  }
}
