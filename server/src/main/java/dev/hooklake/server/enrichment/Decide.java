package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Decision;
import dev.hooklake.server.operations.OperationsDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says whom the contacts led to. When they led to nobody, and not every register could be asked,
/// the event fails, since the answer is not known.
final class Decide implements Step {
  private static final List<StepName> FINDING =
      List.of(StepName.FIND_BY_PHONE, StepName.FIND_BY_EMAIL);

  private final OperationsDatabase database;

  Decide(OperationsDatabase database) {
    this.database = database;
  }

  @Override
  public StepName name() {
    return StepName.DECIDE;
  }

  @Override
  public StepEnd take(LeadWork work) {
    Decision decision =
        database.read(handle -> LeadParties.decision(LeadParties.of(handle, work.event().id())));
    return switch (decision) {
      case Decision.SamePerson _ -> new StepEnd.Done("same_person");
      case Decision.DifferentPeople _ -> new StepEnd.Done("different_people");
      case Decision.OneSource(_, var via) ->
          new StepEnd.Done(
              switch (via) {
                case TEXT -> "by_text";
                case PHONE -> "by_phone";
                case EMAIL -> "by_email";
              });
      case Decision.Nobody _ -> nobody(work);
    };
  }

  private static StepEnd nobody(LeadWork work) {
    String failures =
        FINDING.stream()
            .filter(work::failed)
            .flatMap(step -> reason(work, step))
            .collect(Collectors.joining("; "));
    return failures.isEmpty()
        ? new StepEnd.Finished(Outcome.NOBODY_FOUND)
        : new StepEnd.GivenUp(failures);
  }

  static Stream<String> reason(LeadWork work, StepName step) {
    return Optional.of(step).flatMap(work::ended).stream()
        .map(record -> step.label() + ": " + record.result());
  }
}
