package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.person.FoundPerson;
import dev.hooklake.server.enrichment.person.Lookup;
import dev.hooklake.server.enrichment.person.PersonFinder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// One kind of contact, and how a finder is asked about it.
sealed interface Asking {

  /// For audit: what kind of value is asked about.
  String kind();

  /// For audit: who is asked.
  String register();

  List<Question> about(Contacts contacts);

  /// One contact.
  interface Question {
    Lookup<List<FoundPerson>> ask() throws InterruptedException;

    /// Whom it was found to belong to since.
    Optional<String> known(Handle handle, Parties parties, Instant since);

    /// Notes that it was found to belong to somebody.
    void link(PartyContacts contacts);
  }

  record ByPhone(PersonFinder finder) implements Asking {
    @Override
    public String kind() {
      return "phone";
    }

    @Override
    public String register() {
      return finder.name();
    }

    @Override
    public List<Question> about(Contacts contacts) {
      return contacts.phones().stream().<Question>map(phone -> new Call(finder, phone)).toList();
    }

    private record Call(PersonFinder finder, Phone phone) implements Question {
      @Override
      public Lookup<List<FoundPerson>> ask() throws InterruptedException {
        return finder.byPhone(phone);
      }

      @Override
      public Optional<String> known(Handle handle, Parties parties, Instant since) {
        return parties.knownBy(handle, phone, since);
      }

      @Override
      public void link(PartyContacts contacts) {
        contacts.foundBy(phone);
      }
    }
  }

  record ByEmail(PersonFinder finder) implements Asking {
    @Override
    public String kind() {
      return "email";
    }

    @Override
    public String register() {
      return finder.name();
    }

    @Override
    public List<Question> about(Contacts contacts) {
      return contacts.email().stream().<Question>map(email -> new Letter(finder, email)).toList();
    }

    private record Letter(PersonFinder finder, EmailAddress email) implements Question {
      @Override
      public Lookup<List<FoundPerson>> ask() throws InterruptedException {
        return finder.byEmail(email);
      }

      @Override
      public Optional<String> known(Handle handle, Parties parties, Instant since) {
        return parties.knownBy(handle, email, since);
      }

      @Override
      public void link(PartyContacts contacts) {
        contacts.foundBy(email);
      }
    }
  }
}
