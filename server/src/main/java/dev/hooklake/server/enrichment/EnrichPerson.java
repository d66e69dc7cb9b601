package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.person.Lookup;
import dev.hooklake.server.enrichment.person.PersonProfile;
import dev.hooklake.server.enrichment.person.PersonRegister;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Asks a register for more of one of the people found.
final class EnrichPerson implements Step {
  static final String UNKNOWN = "unknown";

  /// What the steps for the first and the second person share.
  record Parts(
      PersonRegister register,
      Parties parties,
      LookupAudit audit,
      OperationsDatabase database,
      Duration reuse,
      InstantSource clock) {}

  private final StepName name;
  private final int position;
  private final Parts parts;

  /// @param position of the person in the decision, from 0
  EnrichPerson(StepName name, int position, Parts parts) {
    this.name = name;
    this.position = position;
    this.parts = parts;
  }

  @Override
  public StepName name() {
    return name;
  }

  @Override
  public StepEnd take(LeadWork work) throws InterruptedException {
    List<String> people =
        parts
            .database()
            .read(
                handle -> LeadParties.decision(LeadParties.of(handle, work.event().id())).people());
    return position < people.size()
        ? enrich(work, people.get(position))
        : new StepEnd.Skipped("there is nobody else");
  }

  private StepEnd enrich(LeadWork work, String party) throws InterruptedException {
    Instant since = parts.clock().instant().minus(parts.reuse());
    if (parts.database().read(handle -> PartyProfiles.fresh(handle, party, since))) {
      return new StepEnd.Done("known");
    }
    Cpf cpf = parts.database().read(handle -> parts.parties().cpf(handle, party));
    var subject = new LookupAudit.Subject(work.event().id(), parts.register().name(), "cpf");
    return switch (parts.audit().ask(subject, () -> parts.register().profile(cpf))) {
      case Lookup.Found<PersonProfile>(var profile) ->
          new StepEnd.Done(
              "found", handle -> PartyProfiles.store(handle, party, profile, origin(work)));
      case Lookup.Unknown<?> _ -> new StepEnd.Done(UNKNOWN);
      case Lookup.Failed<?>(var failure) -> new StepEnd.Failed(failure);
    };
  }

  private PartyProfiles.Origin origin(LeadWork work) {
    return new PartyProfiles.Origin(
        parts.register().name(), work.event().updatedAt(), parts.clock().instant());
  }
}
