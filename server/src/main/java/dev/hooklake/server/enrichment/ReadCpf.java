package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.CpfInText;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.person.FoundPerson;
import dev.hooklake.sources.c2s.LeadText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Takes the CPF that the lead wrote down; then nobody has to be asked who they are.
final class ReadCpf implements Step {
  static final String FOUND = "found";

  private final Parties parties;
  private final InstantSource clock;

  ReadCpf(Parties parties, InstantSource clock) {
    this.parties = parties;
    this.clock = clock;
  }

  @Override
  public StepName name() {
    return StepName.CPF_IN_TEXT;
  }

  @Override
  public StepEnd take(LeadWork work) {
    // Our own notes may show a CPF, which must not be taken for the lead's word.
    List<String> texts =
        work.sent().texts().stream()
            .filter(text -> !NoteMark.isOurs(text))
            .map(LeadText::body)
            .toList();
    Optional<Cpf> cpf = CpfInText.only(texts);
    if (cpf.isEmpty()) {
      return new StepEnd.Done("none");
    }
    var person = new FoundPerson(cpf.get(), Optional.empty());
    return new StepEnd.Done(
        FOUND,
        handle -> {
          String party = parties.of(handle, person, clock.instant());
          LeadParties.add(handle, work.event(), Via.TEXT, new LeadParties.Link(party, false));
        });
  }
}
