package dev.hooklake.server.enrichment;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What enrichment keeps of a person, as an erasure sees it.
public final class StoredLeads implements Erasable {
  private final OperationsDatabase database;
  private final LeadErasure leads;

  public StoredLeads(OperationsDatabase database) {
    this.database = database;
    // The vault is for those who are named by a CPF number, which an erasure is not given.
    leads = new LeadErasure(database, null);
  }

  @Override
  public String name() {
    return "leads";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    try {
      long removed =
          leads.erase(known(person, rows)).values().stream().mapToLong(Integer::longValue).sum();
      database.purge();
      return removed;
    } catch (DatabaseAway e) {
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
        Optional.empty(),
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
