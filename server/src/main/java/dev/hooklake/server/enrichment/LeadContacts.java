package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.crm.CrmAnswer;
import dev.hooklake.sources.c2s.LeadContact;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The contacts of an event: as it was sent with, or as the CRM has them when it was sent with
/// none.
final class LeadContacts {
  private static final Contacts NONE = new Contacts(null, Optional.empty(), List.of());

  private final @Nullable C2sApi crm;

  /// @param crm null when the CRM cannot be asked
  LeadContacts(@Nullable C2sApi crm) {
    this.crm = crm;
  }

  /// What came of reading.
  sealed interface Reading {
    record Read(Contacts contacts) implements Reading {}

    record Failed(Failure failure) implements Reading {}
  }

  Reading of(LeadWork work) throws InterruptedException {
    Optional<Contacts> known = work.contacts();
    if (known.isPresent()) {
      return new Reading.Read(known.get());
    }
    Optional<LeadContact> sent = work.sent().contact();
    Reading reading = sent.isPresent() ? read(sent.get()) : fromCrm(work);
    if (reading instanceof Reading.Read(var contacts)) {
      work.remember(contacts);
    }
    return reading;
  }

  private Reading fromCrm(LeadWork work) throws InterruptedException {
    if (crm == null) {
      return new Reading.Read(NONE);
    }
    return switch (crm.lead(work.event().leadId())) {
      case CrmAnswer.Done<dev.hooklake.sources.c2s.LeadEvent>(var lead) ->
          lead.contact().map(LeadContacts::read).orElseGet(() -> new Reading.Read(NONE));
      case CrmAnswer.Unknown<?> _ -> new Reading.Read(NONE);
      case CrmAnswer.Failed<?>(var failure) -> new Reading.Failed(failure);
    };
  }

  private static Reading read(LeadContact contact) {
    return new Reading.Read(Contacts.of(contact));
  }
}
