package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.contact.Decision;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.crm.CrmAnswer;
import dev.hooklake.server.enrichment.note.NoteSettings;
import dev.hooklake.server.enrichment.note.NoteText;
import dev.hooklake.server.enrichment.note.Told;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.c2s.LeadEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Sends the note, once: that it may have been sent is written down before, and whoever finds that
/// written looks into the CRM before sending again.
///
/// | stored  | means                                        | next                              |
/// |---------|----------------------------------------------|-----------------------------------|
/// | READY   | surely not sent                              | write SENDING, send               |
/// | SENDING | perhaps sent, by a run that heard no answer  | look for the mark; send if absent |
/// | SENT    | the CRM has it                               | nothing                           |
final class SendNote implements Step {
  private static final List<StepName> ENRICHING =
      List.of(StepName.ENRICH_FIRST, StepName.ENRICH_SECOND);

  /// What a note is made of and sent with.
  ///
  /// @param crm null when the CRM takes no notes
  record Parts(
      @Nullable C2sApi crm,
      Parties parties,
      NoteSettings settings,
      OperationsDatabase database,
      InstantSource clock) {}

  private final Parts parts;

  SendNote(Parts parts) {
    this.parts = parts;
  }

  @Override
  public StepName name() {
    return StepName.NOTE;
  }

  @Override
  public StepEnd take(LeadWork work) throws InterruptedException {
    if (nobodyWasEnriched(work)) {
      return new StepEnd.GivenUp(
          ENRICHING.stream()
              .flatMap(step -> Decide.reason(work, step))
              .collect(Collectors.joining("; ")));
    }
    C2sApi crm = parts.crm();
    if (crm == null) {
      return new StepEnd.Skipped("the CRM's API is not configured");
    }
    Notes.State state =
        parts.database().write(handle -> Notes.prepare(handle, work.event(), now()));
    return switch (state) {
      case SENT -> new StepEnd.Done("sent");
      case SENDING -> lookBeforeSending(crm, work);
      case READY ->
          work.lead().notesSent() >= parts.settings().perLead()
              ? new StepEnd.Skipped("the lead has had all its notes")
              : send(crm, work, state);
    };
  }

  private static boolean nobodyWasEnriched(LeadWork work) {
    return work.failed(StepName.ENRICH_FIRST)
        && work.ended(StepName.ENRICH_SECOND)
            .filter(second -> second.state() == StepRecord.State.DONE)
            .isEmpty();
  }

  private StepEnd lookBeforeSending(C2sApi crm, LeadWork work) throws InterruptedException {
    String mark = NoteMark.of(work.event());
    return switch (crm.lead(work.event().leadId())) {
      case CrmAnswer.Done<LeadEvent>(var lead) ->
          lead.texts().stream().anyMatch(text -> NoteMark.has(text, mark))
              ? sent(work, "found sent")
              : send(crm, work, Notes.State.SENDING);
      case CrmAnswer.Unknown<?> _ -> new StepEnd.GivenUp("note: the CRM knows no such lead");
      case CrmAnswer.Failed<?>(var failure) -> new StepEnd.Failed(failure);
    };
  }

  private StepEnd send(C2sApi crm, LeadWork work, Notes.State before) throws InterruptedException {
    String text = parts.database().read(handle -> text(handle, work.event()));
    mark(work, Notes.State.SENDING);
    return switch (crm.addNote(work.event().leadId(), NoteMark.of(work.event()), text)) {
      case CrmAnswer.Done<?> _ -> sent(work, "sent");
      case CrmAnswer.Unknown<?> _ -> new StepEnd.GivenUp("note: the CRM knows no such lead");
      case CrmAnswer.Failed<?>(var failure) -> failed(work, failure, before);
    };
  }

  private StepEnd sent(LeadWork work, String result) {
    return new StepEnd.Done(
        result,
        handle -> {
          Notes.sent(handle, work.event(), now());
          LeadEvents.noteSent(handle, work.event());
        });
  }

  private StepEnd failed(LeadWork work, Failure failure, Notes.State before) {
    // That this attempt sent nothing says nothing about an earlier one, whose note may show late.
    if (before == Notes.State.READY && !failure.mayHaveBeenDone()) {
      mark(work, Notes.State.READY);
    }
    return new StepEnd.Failed(failure);
  }

  private void mark(LeadWork work, Notes.State state) {
    parts
        .database()
        .change(handle -> {
          LeadEvents.hold(handle, work.event(), work.event().attempts());
          Notes.mark(handle, work.event(), state);
        });
  }

  private String text(Handle handle, StoredEvent event) {
    Map<Via, LeadParties.Link> links = LeadParties.of(handle, event.id());
    Decision decision = LeadParties.decision(links);
    List<Told> people =
        decision.people().stream()
            .map(person ->
                new Told(
                    parts.parties().cpf(handle, person),
                    PartyProfiles.of(handle, person),
                    differs(links, person)))
            .toList();
    return NoteText.of(decision, people, NoteMark.of(event), parts.settings());
  }

  private static boolean differs(Map<Via, LeadParties.Link> links, String person) {
    return links.values().stream()
        .anyMatch(link -> link.party().equals(person) && link.nameDiffers());
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
