package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/// How the leads of a demonstration stand, by the server's word and by the CRM's.
///
/// @param events of leads that were accepted and stored
/// @param notes that the server knows of
/// @param taken notes that the CRM counts
/// @param read whether everything accepted has been looked at
record DemoLeadCount(
    long events, long completed, long failed, long notes, long taken, boolean read) {
  private static final String CONSUMER = "leads";

  static DemoLeadCount of(JsonNode status, long taken) {
    JsonNode leads = status.path("features").path("leads");
    return new DemoLeadCount(
        leads.path("stored").asLong(),
        leads.path("completed").asLong(),
        leads.path("failed").asLong(),
        leads.path("notes").asLong(),
        taken,
        status
            .path("consumers")
            .valueStream()
            .filter(consumer -> consumer.path("name").asText().equals(CONSUMER))
            .allMatch(consumer -> consumer.path("lagRecords").asLong() == 0));
  }

  private long open() {
    return Math.max(0, events - completed - failed);
  }

  boolean settled() {
    return read && open() == 0;
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "leads: %,d events = %,d completed + %,d failed + %,d open; %,d notes, and %,d in the"
            + " CRM%n",
        events,
        completed,
        failed,
        open(),
        notes,
        taken);
  }
}
