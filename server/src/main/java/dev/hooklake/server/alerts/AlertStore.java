package dev.hooklake.server.alerts;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The alerts of one server in the operations database, one firing alert for each rule and subject.
///
/// | state           | becomes  | when                                          |
/// |-----------------|----------|-----------------------------------------------|
/// | (none)          | firing   | a rule finds it                               |
/// | firing          | firing   | the rule finds it again; told anew when worse |
/// | firing          | resolved | the rule has not found it for [#CALM]         |
/// | resolved        | (gone)   | after [#KEPT]                                 |
final class AlertStore {
  /// So that what comes and goes is one alert, not twenty.
  static final Duration CALM = Duration.ofMinutes(5);

  static final Duration KEPT = Duration.ofDays(90);
  static final int MOST_LISTED = 500;

  /// Of one rule; the worst thing that may happen is a provider that invents names.
  private static final int MOST_FINDINGS = 200;

  private static final String FIRING =
      "SELECT * FROM alerts WHERE journal_id = :journal AND resolved_at IS NULL"
          + " ORDER BY started_at DESC, id";
  private static final String RECENT =
      "SELECT * FROM alerts WHERE journal_id = :journal ORDER BY started_at DESC, id LIMIT :limit";
  private static final String UNTOLD =
      "SELECT * FROM alerts WHERE journal_id = :journal AND resolved_at IS NULL AND told_at IS NULL";
  private static final String INSERT =
      "INSERT INTO alerts (id, journal_id, rule, subject, severity, summary, started_at,"
          + " last_seen_at) VALUES (:id, :journal, :rule, :subject, :severity, :summary, :at, :at)";
  private static final String SEEN =
      "UPDATE alerts SET severity = :severity, summary = :summary, last_seen_at = :at WHERE id = :id";
  private static final String TELL_ANEW = "UPDATE alerts SET told_at = NULL WHERE id = :id";
  private static final String TOLD = "UPDATE alerts SET told_at = :at WHERE id = :id";
  private static final String RESOLVE = "UPDATE alerts SET resolved_at = :at WHERE id = :id";
  private static final String FORGET_NOTICES =
      "DELETE FROM alert_notices WHERE alert_id IN"
          + " (SELECT id FROM alerts WHERE resolved_at < :before)";
  private static final String FORGET = "DELETE FROM alerts WHERE resolved_at < :before";

  private final OperationsDatabase database;
  private final String journal;

  AlertStore(OperationsDatabase database, UUID journal) {
    this.database = database;
    this.journal = journal.toString();
  }

  /// Takes over what the rules found. Rules that are not in the map stay as they are.
  ///
  /// @param channels each is told of every alert that begins, becomes worse or ends
  List<Alert> update(Map<RuleName, List<Finding>> found, List<String> channels, Instant now) {
    return database.write(handle -> {
      Map<String, Alert> firing = new HashMap<>();
      firing(handle).forEach(alert -> firing.put(key(alert.rule(), alert.subject()), alert));
      found.forEach((rule, findings) ->
          findings.stream()
              .limit(MOST_FINDINGS)
              .forEach(one ->
                  take(
                      handle,
                      Optional.ofNullable(firing.remove(key(rule, one.subject()))),
                      rule,
                      one,
                      now)));
      var notices = new Notices(handle, journal, channels, now);
      List<Silence> silences = Silences.inForce(handle, now);
      firing.values().stream()
          .filter(alert -> found.containsKey(alert.rule()))
          .filter(alert -> !alert.lastSeenAt().plus(CALM).isAfter(now))
          .forEach(alert -> resolve(handle, alert, notices, silences, now));
      tell(handle, notices, silences, now);
      forget(handle, now);
      return firing(handle);
    });
  }

  private void take(
      Handle handle, Optional<Alert> known, RuleName rule, Finding finding, Instant now) {
    if (known.isEmpty()) {
      insert(handle, rule, finding, now);
      return;
    }
    Alert alert = known.get();
    boolean worse = finding.severity().compareTo(alert.severity()) > 0;
    // The worst stays, so that what comes and goes is told once.
    Severity worst = worse ? finding.severity() : alert.severity();
    handle
        .createUpdate(SEEN)
        .bind("id", alert.id())
        .bind("severity", worst.label())
        .bind("summary", finding.summary())
        .bind("at", EpochMicros.of(now))
        .execute();
    if (worse) {
      handle.createUpdate(TELL_ANEW).bind("id", alert.id()).execute();
    }
  }

  private void insert(Handle handle, RuleName rule, Finding finding, Instant now) {
    handle
        .createUpdate(INSERT)
        .bind("id", UUID.randomUUID().toString())
        .bind("journal", journal)
        .bind("rule", rule.label())
        .bind("subject", finding.subject())
        .bind("severity", finding.severity().label())
        .bind("summary", finding.summary())
        .bind("at", EpochMicros.of(now))
        .execute();
  }

  /// What nobody was told of, because it was silenced from its begin to its end, ends silently. A
  /// silence that covers the end alone holds the notice of it back.
  private static void resolve(
      Handle handle, Alert alert, Notices notices, List<Silence> silences, Instant now) {
    handle.createUpdate(RESOLVE).bind("id", alert.id()).bind("at", EpochMicros.of(now)).execute();
    Instant due =
        silences.stream()
            .filter(silence -> silence.covers(alert))
            .map(Silence::until)
            .max(Comparator.naturalOrder())
            .orElse(now);
    notices.resolved(alert, due);
  }

  private void tell(Handle handle, Notices notices, List<Silence> silences, Instant now) {
    for (Alert alert : list(handle, UNTOLD, 0)) {
      if (silences.stream().noneMatch(silence -> silence.covers(alert))) {
        notices.firing(alert);
        handle.createUpdate(TOLD).bind("id", alert.id()).bind("at", EpochMicros.of(now)).execute();
      }
    }
  }

  private static void forget(Handle handle, Instant now) {
    long before = EpochMicros.of(now.minus(KEPT));
    handle.createUpdate(FORGET_NOTICES).bind("before", before).execute();
    handle.createUpdate(FORGET).bind("before", before).execute();
  }

  /// Those that fire, newest first.
  List<Alert> firing() {
    return database.read(this::firing);
  }

  /// Firing or resolved, newest first.
  List<Alert> recent(int limit) {
    return database.read(handle -> list(handle, RECENT, Math.min(limit, MOST_LISTED)));
  }

  private List<Alert> firing(Handle handle) {
    return list(handle, FIRING, 0);
  }

  private List<Alert> list(Handle handle, String query, int limit) {
    var select = handle.createQuery(query).bind("journal", journal);
    if (limit > 0) {
      select.bind("limit", limit);
    }
    return select.map((rs, _) -> alert(rs)).list();
  }

  static Alert alert(ResultSet rs) throws SQLException {
    long resolved = rs.getLong("resolved_at");
    boolean firing = rs.wasNull();
    return new Alert(
        rs.getString("id"),
        RuleName.of(rs.getString("rule")).orElseThrow(),
        rs.getString("subject"),
        Severity.of(rs.getString("severity")),
        rs.getString("summary"),
        EpochMicros.instant(rs.getLong("started_at")),
        EpochMicros.instant(rs.getLong("last_seen_at")),
        firing ? null : EpochMicros.instant(resolved));
  }

  private static String key(RuleName rule, String subject) {
    return rule.label() + "\n" + subject;
  }
}
