package dev.hooklake.providers.customerio;

import dev.hooklake.providers.customerio.ExportFile.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes messages of an export's rows.
///
/// A time is in unix seconds, or ISO 8601 with an offset. Before 2012 nothing was sent, so that a
/// count in a cell is no moment of 1970.
final class ExportRows {
  private static final Instant EARLIEST = Instant.parse("2012-01-01T00:00:00Z");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /// Far more than a subject or the reason of a failure has.
  private static final int LONGEST_CELL = 4 << 10;

  private static final List<String> KINDS =
      List.of(
          "email",
          "sms",
          "twilio",
          "push",
          "in_app",
          "whatsapp",
          "slack",
          "webhook",
          "inbox",
          "live_notification");

  /// Also what joins ids in queries and ends lines is in none.
  private static final Pattern DELIVERY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final ExportColumns columns;
  private final Reading reading;

  ExportRows(ExportColumns columns, Reading reading) {
    this.columns = columns;
    this.reading = reading;
  }

  Row row(long line, List<String> cells) {
    try {
      return new Row.Message(message(cells));
    } catch (Unreadable e) {
      return new Row.Unreadable(line, e.why);
    }
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    Unreadable(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }

  private CustomerIoMessage message(List<String> cells) throws Unreadable {
    if (cells.size() != columns.count()) {
      throw new Unreadable(
          "it has %d cells, not %d as the first line".formatted(cells.size(), columns.count()));
    }
    Optional<String> longer = columns.longer(cells, LONGEST_CELL);
    if (longer.isPresent()) {
      throw new Unreadable(longer.get() + " has more than " + LONGEST_CELL + " characters");
    }
    String id = columns.cell(cells, ExportColumns.DELIVERY).orElse("");
    if (!DELIVERY.matcher(id).matches()) {
      throw new Unreadable("delivery_id is no id");
    }
    String type = kind(cells);
    Map<String, Instant> metrics = times(cells);
    return new CustomerIoMessage(
        id,
        type,
        new CustomerIoMessage.Person(text(cells, "customer_id"), null, null, text(cells, "cio_id")),
        parent(cells),
        text(cells, "recipient"),
        text(cells, "subject"),
        created(cells, metrics),
        metrics,
        text(cells, "failure_message"),
        false);
  }

  private String kind(List<String> cells) throws Unreadable {
    String word = columns.cell(cells, ExportColumns.TYPE).orElse(reading.type());
    if (word == null) {
      throw new Unreadable("type is empty");
    }
    String kind = word.toLowerCase(Locale.ROOT);
    if (!KINDS.contains(kind)) {
      throw new Unreadable("type is no kind of message: " + String.join(", ", KINDS));
    }
    return kind;
  }

  /// Nothing happened to a message before it was created, whatever the file says.
  private Instant created(List<String> cells, Map<String, Instant> metrics) throws Unreadable {
    Instant told = time(cells, ExportColumns.CREATED);
    return Stream.concat(metrics.values().stream(), Stream.ofNullable(told))
        .min(Instant::compareTo)
        .orElse(EARLIEST);
  }

  private CustomerIoMessage.Parent parent(List<String> cells) throws Unreadable {
    return new CustomerIoMessage.Parent(
        number(cells, "campaign_id"),
        number(cells, "broadcast_id"),
        number(cells, "newsletter_id"),
        number(cells, "transactional_message_id"),
        number(cells, "content_id"),
        number(cells, "action_id"),
        number(cells, "parent_action_id"),
        text(cells, "trigger_event_id"));
  }

  private Map<String, Instant> times(List<String> cells) throws Unreadable {
    Map<String, Instant> times = new LinkedHashMap<>();
    for (String metric : ExportColumns.METRICS) {
      Instant time = time(cells, metric);
      if (time != null) {
        times.put(metric, time);
      }
    }
    return times;
  }

  private @Nullable Instant time(List<String> cells, String column) throws Unreadable {
    String text = text(cells, column);
    if (text == null) {
      return null;
    }
    Instant time = time(text);
    if (time == null || time.isBefore(EARLIEST) || time.isAfter(reading.latest())) {
      throw new Unreadable(
          column
              + " is no time: unix seconds, or such as 2026-03-01T10:00:00Z, from 2012 until now");
    }
    return time;
  }

  private static @Nullable Instant time(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    try {
      // A blank instead of the T is common; without an offset it could be any hour.
      String iso =
          text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(iso, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable Long number(List<String> cells, String column) throws Unreadable {
    String text = text(cells, column);
    if (text != null && !NUMBER.matcher(text).matches()) {
      throw new Unreadable(column + " is no number");
    }
    return text == null ? null : Long.valueOf(text);
  }

  private @Nullable String text(List<String> cells, String column) {
    return columns.cell(cells, column).orElse(null);
  }
}
