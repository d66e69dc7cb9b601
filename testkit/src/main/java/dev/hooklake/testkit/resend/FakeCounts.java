package dev.hooklake.testkit.resend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.resend.ResendFake.Email;
import dev.hooklake.testkit.resend.ResendFake.Happened;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `GET /emails/metrics` by day: counts of what happened to the emails, on the day it happened. An
/// answer is given again for 15 minutes; what is older than the account keeps is cut off.
final class FakeCounts {
  private static final Duration REMEMBERED = Duration.ofMinutes(15);
  private static final int MOST_PERIODS = 10_000;
  private static final List<String> EVENTS =
      List.of(
          "received",
          "delivered",
          "complained",
          "suppressed",
          "bounced",
          "opened",
          "clicked",
          "unsubscribed",
          "delivery_delayed",
          "failed",
          "sent");
  private static final Map<String, String> UNIQUE =
      Map.of("unique_opened", "opened", "unique_clicked", "clicked");

  private final List<Email> emails;
  private final InstantSource clock;
  private final Duration kept;
  private final Map<Map<String, String>, Remembered> answers = new ConcurrentHashMap<>();

  private record Remembered(Instant at, Reply reply) {}

  private record Window(Instant from, Instant to) {}

  FakeCounts(List<Email> emails, InstantSource clock, Duration kept) {
    this.emails = emails;
    this.clock = clock;
    this.kept = kept;
  }

  Reply answer(Ask ask) {
    Instant now = clock.instant();
    Remembered before = answers.get(ask.query());
    if (before != null && before.at().plus(REMEMBERED).isAfter(now)) {
      return before.reply();
    }
    Reply reply = count(ask, now);
    answers.put(ask.query(), new Remembered(now, reply));
    return reply;
  }

  private Reply count(Ask ask, Instant now) {
    List<String> metrics = list(ask.query("metrics", String.join(",", EVENTS)));
    List<String> dimensions = list(ask.query("dimensions", ""));
    if (!metrics.stream().allMatch(metric -> EVENTS.contains(metric) || UNIQUE.containsKey(metric))
        || !Set.of("period").containsAll(dimensions)) {
      return invalid("no such metric, or a dimension other than period");
    }
    Window window;
    ZoneId zone;
    try {
      window = window(ask, now);
      zone = ZoneId.of(ask.query("timezone", "UTC"));
    } catch (DateTimeException e) {
      return invalid("a date is ISO 8601, and a timezone is one of IANA");
    }
    boolean byDay = dimensions.contains("period");
    String granularity = ask.query("granularity", "daily");
    long periods = Duration.between(window.from(), window.to()).toDays();
    if (window.from().isAfter(window.to()) || (byDay && periods > MOST_PERIODS)) {
      return invalid("start_date is on or before end_date, with at most 10,000 periods");
    }
    return granularity.equals("daily")
        ? Reply.json(200, counts(window, metrics, byDay ? zone : null))
        : invalid("this fake counts by day only");
  }

  private Window window(Ask ask, Instant now) {
    Instant asked = ask.query().containsKey("end_date") ? time(ask.query("end_date", "")) : now;
    Instant to = asked.isAfter(now) ? now : asked;
    Instant from =
        ask.query().containsKey("start_date")
            ? time(ask.query("start_date", ""))
            : to.minus(Duration.ofDays(6));
    Instant oldest = now.minus(kept);
    return new Window(from.isBefore(oldest) ? oldest : from, to);
  }

  /// @param zone whose days are told apart; null for the sum alone
  private ObjectNode counts(Window window, List<String> metrics, @Nullable ZoneId zone) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "metrics");
    answer.put("start_date", window.from().toString()).put("end_date", window.to().toString());
    metrics.forEach(answer.putArray("metrics")::add);
    answer.putArray("dimensions");
    put(answer.putObject("totals"), metrics, emails.stream().flatMap(Email::one).toList(), window);
    if (zone != null) {
      answer.withArray("dimensions").add("period");
      answer.put("granularity", "daily");
      var rows = answer.putArray("data");
      byDay(window, zone)
          .forEach((day, happened) ->
              put(rows.addObject().put("period", day.toString()), metrics, happened, window));
    }
    return answer;
  }

  /// Every day of the window has a row, also one on which nothing happened.
  private Map<LocalDate, List<One>> byDay(Window window, ZoneId zone) {
    var days = new TreeMap<LocalDate, List<One>>();
    LocalDate last = LocalDate.ofInstant(window.to(), zone);
    for (LocalDate day = LocalDate.ofInstant(window.from(), zone);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      LocalDate of = day;
      days.put(
          day,
          emails.stream()
              .flatMap(Email::one)
              .filter(one -> LocalDate.ofInstant(one.happened().at(), zone).equals(of))
              .toList());
    }
    return days;
  }

  /// One thing that happened to one email.
  record One(String email, Happened happened) {}

  private static void put(ObjectNode row, List<String> metrics, List<One> all, Window window) {
    Map<String, Long> every = new HashMap<>();
    Map<String, Set<String>> distinct = new HashMap<>();
    for (One one : all) {
      Instant at = one.happened().at();
      if (!at.isBefore(window.from()) && !at.isAfter(window.to())) {
        String event = one.happened().event();
        every.merge(event, 1L, Long::sum);
        distinct.computeIfAbsent(event, unseen -> new HashSet<>()).add(one.email());
      }
    }
    for (String metric : metrics) {
      String event = UNIQUE.get(metric);
      row.put(
          metric,
          event == null
              ? every.getOrDefault(metric, 0L)
              : distinct.getOrDefault(event, Set.of()).size());
    }
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  private static Instant time(String text) {
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
        : Instant.parse(text);
  }

  private static Reply invalid(String message) {
    return ResendFake.error(422, "validation_error", message);
  }
}
