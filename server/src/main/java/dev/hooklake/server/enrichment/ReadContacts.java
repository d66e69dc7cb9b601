package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.sources.c2s.LeadAction;
import dev.hooklake.sources.c2s.LeadText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads who the lead says they are, and ends the event where there is nothing new to look up.
///
/// A note of ours makes the CRM send the lead again. That neither brings new contacts nor a newer
/// lead than the one enriched, so it ends here, and no loop begins.
final class ReadContacts implements Step {
  private final LeadContacts contacts;
  private final Vault vault;

  ReadContacts(LeadContacts contacts, Vault vault) {
    this.contacts = contacts;
    this.vault = vault;
  }

  @Override
  public StepName name() {
    return StepName.CONTACTS;
  }

  @Override
  public StepEnd take(LeadWork work) throws InterruptedException {
    Optional<Outcome> noLook = noLook(work);
    if (noLook.isPresent()) {
      return new StepEnd.Finished(noLook.get());
    }
    return switch (contacts.of(work)) {
      case LeadContacts.Reading.Failed(var failure) -> new StepEnd.Failed(failure);
      case LeadContacts.Reading.Read(var read) -> judge(work, read);
    };
  }

  private static Optional<Outcome> noLook(LeadWork work) {
    LeadAction action = work.event().action();
    if (action == LeadAction.CLOSED) {
      return Optional.of(Outcome.CLOSED);
    }
    if (action == LeadAction.OTHER) {
      return Optional.of(Outcome.OTHER_ACTION);
    }
    Instant enriched = work.lead().enrichedUpdatedAt();
    if (enriched != null && enriched.isAfter(work.event().updatedAt())) {
      return Optional.of(Outcome.OLDER);
    }
    boolean silentOfContacts = work.sent().contact().isEmpty();
    return silentOfContacts && work.lead().contactFingerprint() != null
        ? Optional.of(Outcome.UNCHANGED)
        : Optional.empty();
  }

  private StepEnd judge(LeadWork work, Contacts read) {
    if (read.none()) {
      return new StepEnd.Finished(Outcome.NO_CONTACT);
    }
    String canonical = String.join("\n", read.canonical());
    String known = work.lead().contactFingerprint();
    if (known != null && vault.matches(known, canonical)) {
      return new StepEnd.Finished(lastWordIsOurs(work) ? Outcome.OWN_NOTE : Outcome.UNCHANGED);
    }
    String fingerprint = vault.fingerprint(canonical);
    return new StepEnd.Done(
        "found", handle -> LeadEvents.fingerprint(handle, work.event(), fingerprint));
  }

  private static boolean lastWordIsOurs(LeadWork work) {
    List<LeadText> texts = work.sent().texts();
    return !texts.isEmpty() && NoteMark.isOurs(texts.getLast());
  }
}
