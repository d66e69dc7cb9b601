package dev.hooklake.testkit.customerio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Counts by day, as the reporting API gives them: version 2 by window and zone, version 1 back
/// from today in US Eastern days. Days only.
final class FakeMetrics {
  private static final ZoneId EASTERN = ZoneId.of("America/New_York");
  private static final int MOST_DAYS = 45;

  /// The series' word where it is another than the message's.
  private static final Map<String, String> SERIES =
      Map.of("dropped", "suppressed", "prefetch_clicked", "machine_clicked");

  private final FakeMessages messages;
  private final InstantSource clock;

  FakeMetrics(FakeMessages messages, InstantSource clock) {
    this.messages = messages;
    this.clock = clock;
  }

  Reply campaign(Ask ask, long id) {
    if (!ask.query("version", "1").equals("2")) {
      return steps(ask, "campaign_id", id);
    }
    if (!ask.query().containsKey("start") || !ask.query().containsKey("end")) {
      return CustomerIoFake.error(400, "start and end are required");
    }
    String region = ask.query("tz", "UTC");
    if (!ZoneId.getAvailableZoneIds().contains(region)) {
      return CustomerIoFake.error(400, "tz is not a region name");
    }
    ZoneId zone = ZoneId.of(region);
    LocalDate from = day(ask.number("start", 0), zone);
    LocalDate to = day(ask.number("end", 0), zone);
    ObjectNode answer = series("campaign_id", id, from, to, zone);
    return Reply.json(200, answer.put("res", "days").put("start", from + " 00:00:00 +0000 UTC"));
  }

  /// Version 1: `steps` days that end today.
  Reply steps(Ask ask, String parent, long id) {
    long asked = ask.number("steps", MOST_DAYS);
    long steps = asked == 0 ? MOST_DAYS : Math.clamp(asked, 2, MOST_DAYS);
    LocalDate today = LocalDate.ofInstant(clock.instant(), EASTERN);
    return Reply.json(200, series(parent, id, today.minusDays(steps - 1), today, EASTERN));
  }

  private ObjectNode series(String parent, long id, LocalDate from, LocalDate to, ZoneId zone) {
    int days = (int) ChronoUnit.DAYS.between(from, to) + 1;
    Map<String, long[]> counts = new HashMap<>();
    messages
        .all()
        .filter(message -> Long.valueOf(id).equals(message.parent().get(parent)))
        .forEach(message ->
            message
                .metrics()
                .forEach((metric, at) -> {
                  long place = ChronoUnit.DAYS.between(from, day(at, zone));
                  if (place >= 0 && place < days) {
                    counts.computeIfAbsent(metric, unseen -> new long[days])[(int) place]++;
                  }
                }));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode series = answer.putObject("metric").putObject("series");
    var names = new TreeSet<>(counts.keySet());
    names.addAll(List.of("sent", "delivered", "opened", "clicked", "bounced"));
    for (String metric : names) {
      ArrayNode values = series.putArray(SERIES.getOrDefault(metric, metric));
      for (long count : counts.getOrDefault(metric, new long[days])) {
        values.add(count);
      }
    }
    return answer;
  }

  private static LocalDate day(long seconds, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), zone);
  }
}
