package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.contact.PersonName;
import dev.hooklake.server.enrichment.person.FoundPerson;
import dev.hooklake.server.enrichment.person.Lookup;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Looks up whom a kind of contact belongs to. One contact after the other until a register names
/// somebody; what it named not long ago is not asked again.
final class FindPerson implements Step {
  static final String NOBODY = "nobody";

  /// What both kinds of contact are looked up with.
  record Parts(
      LeadContacts contacts,
      Parties parties,
      LookupAudit audit,
      OperationsDatabase database,
      Duration reuse,
      InstantSource clock) {}

  private final StepName name;
  private final Via via;
  private final Asking asking;
  private final Parts parts;

  FindPerson(StepName name, Via via, Asking asking, Parts parts) {
    this.name = name;
    this.via = via;
    this.asking = asking;
    this.parts = parts;
  }

  @Override
  public StepName name() {
    return name;
  }

  @Override
  public StepEnd take(LeadWork work) throws InterruptedException {
    if (work.endedWith(StepName.CPF_IN_TEXT, ReadCpf.FOUND)) {
      return new StepEnd.Skipped("the lead gave a CPF");
    }
    return switch (parts.contacts().of(work)) {
      case LeadContacts.Reading.Failed(var failure) -> new StepEnd.Failed(failure);
      case LeadContacts.Reading.Read(var contacts) -> find(work, contacts);
    };
  }

  private StepEnd find(LeadWork work, Contacts contacts) throws InterruptedException {
    List<Asking.Question> questions = asking.about(contacts);
    if (questions.isEmpty()) {
      return new StepEnd.Skipped("the lead has none");
    }
    for (Asking.Question question : questions) {
      Optional<StepEnd> end = ask(work, contacts, question);
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new StepEnd.Done(NOBODY);
  }

  /// Empty when nobody has this contact.
  private Optional<StepEnd> ask(LeadWork work, Contacts contacts, Asking.Question question)
      throws InterruptedException {
    Instant since = parts.clock().instant().minus(parts.reuse());
    Optional<String> known =
        parts.database().read(handle -> question.known(handle, parts.parties(), since));
    if (known.isPresent()) {
      return Optional.of(
          new StepEnd.Done("known", handle -> link(handle, work, contacts, known.get())));
    }
    var subject = new LookupAudit.Subject(work.event().id(), asking.register(), asking.kind());
    return switch (parts.audit().ask(subject, question::ask)) {
      case Lookup.Found<List<FoundPerson>>(var people) ->
          Optional.of(found(work, contacts, question, choose(people, contacts)));
      case Lookup.Unknown<?> _ -> Optional.empty();
      case Lookup.Failed<?>(var failure) -> Optional.of(new StepEnd.Failed(failure));
    };
  }

  private StepEnd found(
      LeadWork work, Contacts contacts, Asking.Question question, FoundPerson person) {
    return new StepEnd.Done(
        "found",
        handle -> {
          Instant now = parts.clock().instant();
          String party = parts.parties().of(handle, person, now);
          question.link(new PartyContacts(handle, party, now));
          link(handle, work, contacts, party);
        });
  }

  private void link(Handle handle, LeadWork work, Contacts contacts, String party) {
    String given = contacts.name();
    String registered = parts.parties().name(handle, party);
    boolean differs = given != null && registered != null && !PersonName.alike(given, registered);
    LeadParties.add(handle, work.event(), via, new LeadParties.Link(party, differs));
  }

  /// Of several people with one contact, the one with the lead's name; else the first.
  private static FoundPerson choose(List<FoundPerson> people, Contacts contacts) {
    String given = contacts.name();
    return people.stream()
        .filter(person ->
            given != null
                && person.name().filter(name -> PersonName.alike(name, given)).isPresent())
        .findFirst()
        .orElseGet(people::getFirst);
  }
}
