package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.ChannelFailure;
import dev.hooklake.server.alerts.channel.Notice;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the notices that are due, at least once each: after a crash between the sending and its
/// record a notice goes out again, with the same id. What fails is tried again later and given up
/// after [#MOST_ATTEMPTS], about half a day. Each channel is for one thread.
final class Notifier {
  static final int MOST_ATTEMPTS = 15;
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final int AT_ONCE = 50;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final String DUE =
      "SELECT alert_notices.id AS notice_id, channel, resolved, attempts, alerts.* FROM alert_notices"
          + " JOIN alerts ON alerts.id = alert_notices.alert_id"
          + " WHERE alert_notices.journal_id = :journal AND sent_at IS NULL"
          + " AND given_up_at IS NULL AND due_at <= :now AND channel = :channel"
          + " ORDER BY due_at, alert_notices.id"
          + " LIMIT :limit";
  private static final String BEGUN =
      "UPDATE alert_notices SET attempts = attempts + 1, last_error = NULL WHERE id = :id"
          + " AND given_up_at IS NULL";
  private static final String SENT = "UPDATE alert_notices SET sent_at = :now WHERE id = :id";
  private static final String FAILED =
      "UPDATE alert_notices SET attempts = :attempts, due_at = :due, last_error = :error"
          + " WHERE id = :id";
  private static final String FORSAKEN =
      "UPDATE alert_notices SET given_up_at = :now,"
          + " last_error = 'the channel is no longer configured' WHERE journal_id = :journal"
          + " AND sent_at IS NULL AND given_up_at IS NULL AND channel NOT IN (<channels>)";
  private static final String GIVEN_UP =
      "UPDATE alert_notices SET attempts = :attempts, given_up_at = :now, last_error = :error"
          + " WHERE id = :id";

  private final OperationsDatabase database;
  private final String journal;
  private final Map<String, Channel> channels;
  private final MeterRegistry registry;

  Notifier(
      OperationsDatabase database, UUID journal, List<Channel> channels, MeterRegistry registry) {
    this.database = database;
    this.journal = journal.toString();
    this.channels =
        channels.stream()
            .collect(
                Collectors.toMap(
                    Channel::name, Function.identity(), (one, _) -> one, LinkedHashMap::new));
    this.registry = registry;
    this.channels
        .keySet()
        .forEach(name ->
            List.of("sent", "failed", "given_up").forEach(outcome -> counter(name, outcome)));
  }

  List<String> channels() {
    return List.copyOf(channels.keySet());
  }

  /// Gives up what is for a channel that there is no more.
  void forgetOtherChannels(Instant now) {
    List<String> names = channels.isEmpty() ? List.of("") : channels();
    database.change(handle ->
        handle
            .createUpdate(FORSAKEN)
            .bind("journal", journal)
            .bind("now", EpochMicros.of(now))
            .bindList("channels", names)
            .execute());
  }

  /// @param name of one of [#channels]
  /// @param goesOn asked before each notice
  void sendDue(String name, BooleanSupplier goesOn, Instant now) throws InterruptedException {
    Channel channel = Objects.requireNonNull(channels.get(name), name);
    for (Due due : due(name, now)) {
      if (goesOn.getAsBoolean() && begun(due)) {
        send(channel, due, now);
      }
    }
  }

  /// False when its alert has ended meanwhile.
  private boolean begun(Due due) {
    return database.write(
        handle -> handle.createUpdate(BEGUN).bind("id", due.notice().id()).execute() == 1);
  }

  private void send(Channel channel, Due due, Instant now) throws InterruptedException {
    try {
      channel.send(due.notice());
      database.change(handle ->
          handle
              .createUpdate(SENT)
              .bind("id", due.notice().id())
              .bind("now", EpochMicros.of(now))
              .execute());
      counter(channel.name(), "sent").increment();
    } catch (ChannelFailure failure) {
      failed(due, failure.reason(), now);
    }
  }

  private void failed(Due due, String reason, Instant now) {
    int attempts = due.attempts() + 1;
    LOG.warn("Channel {} did not take a notice, attempt {}: {}", due.channel(), attempts, reason);
    if (attempts >= MOST_ATTEMPTS) {
      ended(due, reason, now);
      return;
    }
    counter(due.channel(), "failed").increment();
    database.change(handle ->
        handle
            .createUpdate(FAILED)
            .bind("id", due.notice().id())
            .bind("attempts", attempts)
            .bind("due", EpochMicros.of(now.plus(wait(attempts))))
            .bind("error", reason)
            .execute());
  }

  static Duration wait(int attempts) {
    Duration doubled = Duration.ofMinutes(1L << Math.min(attempts - 1, 10));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private void ended(Due due, String reason, Instant now) {
    counter(due.channel(), "given_up").increment();
    database.change(handle ->
        handle
            .createUpdate(GIVEN_UP)
            .bind("id", due.notice().id())
            .bind("attempts", due.attempts() + 1)
            .bind("now", EpochMicros.of(now))
            .bind("error", reason)
            .execute());
  }

  /// Sends a notice that says it is a test, now and once.
  List<TestOutcome> test(Instant now) throws InterruptedException {
    var outcomes = new ArrayList<TestOutcome>();
    for (Channel channel : channels.values()) {
      outcomes.add(test(channel, now));
    }
    return List.copyOf(outcomes);
  }

  private static TestOutcome test(Channel channel, Instant now) throws InterruptedException {
    try {
      channel.send(Notice.test(UUID.randomUUID().toString(), now));
      return new TestOutcome(channel.name(), true, "");
    } catch (ChannelFailure failure) {
      return new TestOutcome(channel.name(), false, failure.reason());
    }
  }

  private List<Due> due(String channel, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(DUE)
            .bind("journal", journal)
            .bind("now", EpochMicros.of(now))
            .bind("channel", channel)
            .bind("limit", AT_ONCE)
            .map((rs, _) -> due(rs, now))
            .list());
  }

  private static Due due(ResultSet rs, Instant now) throws SQLException {
    Alert alert = AlertStore.alert(rs);
    boolean resolved = rs.getInt("resolved") == 1;
    var notice =
        new Notice(
            rs.getString("notice_id"),
            resolved ? Notice.State.RESOLVED : Notice.State.FIRING,
            alert.rule().label(),
            alert.subject(),
            alert.severity().label(),
            alert.summary(),
            alert.rule().remedy(),
            alert.startedAt(),
            now);
    return new Due(notice, rs.getString("channel"), rs.getInt("attempts"));
  }

  private Counter counter(String channel, String outcome) {
    return Counter.builder("hooklake.alerts.notices")
        .description("Notices of alerts, by what became of an attempt")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(registry);
  }

  private record Due(Notice notice, String channel, int attempts) {}
}
