package dev.hooklake.providers.customerio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which column of an export is which, by the names in its first line.
///
/// The columns are not documented. They are looked for by the names that the list of messages gives
/// the same things, whatever their case and separators; times also with `at` behind. What has
/// another name is not used.
final class ExportColumns {
  static final String DELIVERY = "delivery_id";
  static final String TYPE = "type";
  static final String CREATED = "created";

  /// Times that tell of something that happened to a delivery.
  static final List<String> METRICS =
      List.of(
          "drafted",
          "sent",
          "delivered",
          "opened",
          "human_opened",
          "prefetch_opened",
          "clicked",
          "human_clicked",
          "prefetch_clicked",
          "converted",
          "bounced",
          "spammed",
          "unsubscribed",
          "dropped",
          "failed",
          "undeliverable");

  static final List<String> IDS =
      List.of(
          "campaign_id",
          "broadcast_id",
          "newsletter_id",
          "transactional_message_id",
          "content_id",
          "action_id",
          "parent_action_id");

  static final List<String> TEXTS =
      List.of(
          "customer_id", "cio_id", "recipient", "subject", "trigger_event_id", "failure_message");

  private static final Map<String, String> NAMES = names();

  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> unused = new ArrayList<>();
  private final int count;

  private ExportColumns(int count) {
    this.count = count;
  }

  private static Map<String, String> names() {
    var names = new HashMap<String, String>();
    Stream.of(List.of(DELIVERY, TYPE), IDS, TEXTS)
        .flatMap(List::stream)
        .forEach(name -> names.put(plain(name), name));
    Stream.concat(Stream.of(CREATED), METRICS.stream())
        .forEach(name -> {
          names.put(plain(name), name);
          names.put(plain(name) + "at", name);
        });
    return Map.copyOf(names);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /// Finds the columns.
  ///
  /// @param typeGiven whether somebody says what kind of message all of them are
  /// @throws UnusableExport when the file cannot be one, saying what is missing
  static ExportColumns of(List<String> header, boolean typeGiven) throws UnusableExport {
    var columns = new ExportColumns(header.size());
    for (int place = 0; place < header.size(); place++) {
      columns.add(place, header.get(place));
    }
    columns.takeBareId(header);
    columns.require(header, typeGiven);
    return columns;
  }

  private void add(int place, String name) throws UnusableExport {
    String known = NAMES.get(plain(name));
    if (known == null) {
      unused.add(shown(name, place));
    } else if (places.putIfAbsent(known, place) != null) {
      throw new UnusableExport(
          "columns %d and %d are both called %s; leave one of them out"
              .formatted(places.get(known) + 1, place + 1, known));
    }
  }

  /// `id` is the delivery's where a person's id has a column of its own, as in the list of
  /// messages; elsewhere it may be the person's.
  private void takeBareId(List<String> header) {
    int place = header.stream().map(ExportColumns::plain).toList().indexOf("id");
    if (place >= 0 && places.containsKey("customer_id") && !places.containsKey(DELIVERY)) {
      places.put(DELIVERY, place);
      unused.remove(shown(header.get(place), place));
    }
  }

  private void require(List<String> header, boolean typeGiven) throws UnusableExport {
    List<String> missing = new ArrayList<>();
    if (!places.containsKey(DELIVERY)) {
      missing.add("the id of the delivery (delivery_id, or id beside customer_id)");
    }
    if (METRICS.stream().noneMatch(places::containsKey)) {
      missing.add("the time of anything that happened (" + String.join(", ", METRICS) + ")");
    }
    if (!typeGiven && !places.containsKey(TYPE)) {
      missing.add("the kind of message (type; or say which channel all of them are)");
    }
    if (!missing.isEmpty()) {
      throw new UnusableExport(
          "no column for " + String.join("; nor for ", missing) + ". " + found(header));
    }
  }

  private String found(List<String> header) {
    if (places.isEmpty()) {
      return "None of the %d cells of the first line is a name that is looked for; is it a line of names, separated by commas?"
          .formatted(header.size());
    }
    List<String> names = new ArrayList<>();
    for (int place = 0; place < header.size(); place++) {
      names.add(shown(header.get(place), place));
    }
    return "The columns are: " + String.join(", ", names);
  }

  /// The first line of a file may be no line of names: what is not known could be a person.
  private static String shown(String name, int place) {
    String plain = plain(name);
    String known = plain.equals("id") ? plain : NAMES.get(plain);
    return known == null ? "(column " + (place + 1) + ")" : known;
  }

  /// How many cells a line has.
  int count() {
    return count;
  }

  boolean has(String column) {
    return places.containsKey(column);
  }

  /// Columns that are not used, by their places; a bare `id` by its name.
  List<String> unused() {
    return List.copyOf(unused);
  }

  /// A column that is used and whose cell has more than so many characters; empty when none has.
  Optional<String> longer(List<String> line, int most) {
    return places.entrySet().stream()
        .filter(column -> line.get(column.getValue()).length() > most)
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  /// A cell with something in it.
  Optional<String> cell(List<String> line, String column) {
    Integer place = places.get(column);
    return place == null
        ? Optional.empty()
        : Optional.of(line.get(place).strip()).filter(text -> !text.isEmpty());
  }
}
