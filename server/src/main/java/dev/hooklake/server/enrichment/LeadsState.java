package dev.hooklake.server.enrichment;

/// What became of lead events since the start of the server, as its status shows it.
///
/// @param enriching whether they are enriched; else they are stored and that is all
/// @param stored events that came out of the journal and were new
/// @param completed events whose enrichment came to an end, whatever it found
/// @param failed events that were given up
/// @param notes that the CRM took
public record LeadsState(boolean enriching, long stored, long completed, long failed, long notes) {

  public static LeadsState of(boolean enriching, LeadIntake intake, LeadMeters meters) {
    return new LeadsState(
        enriching,
        intake.storedSinceStart(),
        meters.ended(EventStatus.COMPLETED),
        meters.ended(EventStatus.FAILED),
        meters.notes());
  }
}
