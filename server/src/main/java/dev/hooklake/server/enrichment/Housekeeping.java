package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is due now and then: old events and people go, values sealed under an older key are sealed
/// anew, and an open event without a job gets one. One server at a time does it.
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int BATCH = 500;

  private static final String OVER_LIMIT =
      "DELETE FROM webhook_events WHERE id IN (SELECT id FROM webhook_events"
          + " WHERE status = :status ORDER BY processed_at DESC, id DESC"
          + " LIMIT :batch OFFSET :keep)";

  private static final String TOO_OLD =
      "DELETE FROM webhook_events WHERE id IN (SELECT id FROM webhook_events"
          + " WHERE processed_at < :before LIMIT :batch)";

  private static final String OLD_PEOPLE =
      "DELETE FROM parties WHERE id IN (SELECT id FROM parties WHERE updated_at < :before"
          + " AND NOT EXISTS (SELECT 1 FROM lead_parties JOIN webhook_events"
          + " ON webhook_events.id = lead_parties.event_id"
          + " WHERE lead_parties.party_id = parties.id"
          + " AND webhook_events.status IN ('received', 'processing')) LIMIT :batch)";

  static final String OLD_LEADS =
      "DELETE FROM leads WHERE (source, lead_id) IN (SELECT source, lead_id FROM leads"
          + " WHERE updated_at < :before AND (enriched_at IS NULL OR enriched_at < :before)"
          + " AND NOT EXISTS (SELECT 1 FROM webhook_events"
          + " WHERE webhook_events.source = leads.source"
          + " AND webhook_events.lead_id = leads.lead_id) LIMIT :batch)";

  private static final String OLD_NOTES =
      "DELETE FROM lead_notes WHERE event_id IN (SELECT event_id FROM lead_notes"
          + " WHERE created_at < :before AND NOT EXISTS (SELECT 1 FROM webhook_events"
          + " WHERE webhook_events.id = lead_notes.event_id) LIMIT :batch)";

  private static final List<String> ORPHANS =
      List.of(
          "DELETE FROM emails WHERE NOT EXISTS (SELECT 1 FROM party_emails"
              + " WHERE party_emails.email_id = emails.id)",
          "DELETE FROM phones WHERE NOT EXISTS (SELECT 1 FROM party_phones"
              + " WHERE party_phones.phone_id = phones.id)");

  private static final String OLD_AUDIT =
      "DELETE FROM lookup_audit WHERE id IN (SELECT id FROM lookup_audit"
          + " WHERE asked_at < :before LIMIT :batch)";

  private static final String OLD_KEY =
      "SELECT id, cpf_sealed FROM parties WHERE cpf_sealed NOT LIKE :current"
          + " AND id > :after ORDER BY id LIMIT :batch";

  private static final String RESEAL =
      "UPDATE parties SET cpf_sealed = :sealed, cpf_fingerprint = :fingerprint WHERE id = :id";

  /// How long things are kept.
  ///
  /// @param events and what was found for them
  /// @param audit of look-ups
  public record Retention(Duration events, Duration audit) {
    public static final Retention DEFAULT =
        new Retention(Duration.ofDays(90), Duration.ofDays(5 * 365));
  }

  private final OperationsDatabase database;
  private final Queue queue;
  private final Retention retention;
  private final Vault vault;
  private final InstantSource clock;

  Housekeeping(
      OperationsDatabase database,
      Queue queue,
      Retention retention,
      Vault vault,
      InstantSource clock) {
    this.database = database;
    this.queue = queue;
    this.retention = retention;
    this.vault = vault;
    this.clock = clock;
  }

  void run() {
    Instant now = clock.instant();
    database.change(handle -> JobTable.addLost(handle, now));
    database.change(handle -> overLimit(handle, EventStatus.COMPLETED, queue.removeOnComplete()));
    database.change(handle -> overLimit(handle, EventStatus.FAILED, queue.removeOnFail()));
    database.change(handle -> before(handle, TOO_OLD, now.minus(retention.events())));
    database.change(handle -> oldPeople(handle, now.minus(retention.events())));
    database.change(handle -> before(handle, OLD_LEADS, now.minus(retention.events())));
    database.change(handle -> before(handle, OLD_NOTES, now.minus(retention.events())));
    database.change(handle -> before(handle, OLD_AUDIT, now.minus(retention.audit())));
    reseal();
  }

  private static void overLimit(Handle handle, EventStatus status, int keep) {
    handle
        .createUpdate(OVER_LIMIT)
        .bind("status", status.label())
        .bind("keep", keep)
        .bind("batch", BATCH)
        .execute();
  }

  private static int before(Handle handle, String delete, Instant before) {
    return handle
        .createUpdate(delete)
        .bind("before", EpochMicros.of(before))
        .bind("batch", BATCH)
        .execute();
  }

  private static void oldPeople(Handle handle, Instant before) {
    if (before(handle, OLD_PEOPLE, before) > 0) {
      ORPHANS.forEach(handle::execute);
    }
  }

  /// Until no row is left that needs an older key, which may then go from the configuration. A row
  /// that cannot be sealed anew must not keep the others from it.
  private void reseal() {
    int left = 0;
    List<Sealed> older = older("");
    while (!older.isEmpty()) {
      left += (int) older.stream().filter(sealed -> !reseal(sealed)).count();
      older = older(older.getLast().id());
    }
    if (left > 0) {
      LOG.warn(
          "Values of {} people could not be sealed under the current vault key and are left as they"
              + " are. If their key is missing, add it behind the current one in"
              + " enrichment.vault-keys.",
          left);
    }
  }

  private record Sealed(String id, String value) {}

  private List<Sealed> older(String after) {
    return database.read(handle ->
        handle
            .createQuery(OLD_KEY)
            .bind("current", vault.currentPrefix() + "%")
            .bind("after", after)
            .bind("batch", BATCH)
            .map((rs, _) -> new Sealed(rs.getString("id"), rs.getString("cpf_sealed")))
            .list());
  }

  private boolean reseal(Sealed sealed) {
    try {
      String cpf = vault.open(sealed.value());
      database.change(handle ->
          handle
              .createUpdate(RESEAL)
              .bind("id", sealed.id())
              .bind("sealed", vault.seal(cpf))
              .bind("fingerprint", vault.fingerprint(cpf))
              .execute());
      return true;
    } catch (DatabaseAway e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("Party {} cannot be sealed anew: {}", sealed.id(), FaultTrace.of(e));
      return false;
    }
  }
}
