package dev.hooklake.server.analytics;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Measures by dimensions and time, over distinct deliveries: what the analytics API is asked.
///
/// A delivery counts on the day it was sent, with whatever happened to it since, so a rate is a
/// part of itself and cannot pass one. Measures are those of the reports, with people and machines
/// apart.
public final class MeasureQuestion {
  private static final Set<String> BUCKETS = Set.of("none", "hour", "day", "week", "month");
  private static final int MOST_DIMENSIONS = 4;
  private static final String PEOPLE =
      "count(DISTINCT CASE WHEN was_sent THEN person END) AS people";
  private static final ViewFile MEASURE_FILE = ViewFile.read("delivery_measures");

  /// What the measures mean, by name.
  public static final Map<String, String> MEASURES = measures();

  /// What they can be cut by, as SQL over a delivery.
  private static final Map<String, String> DIMENSIONS = dimensions();

  private final List<String> measures;
  private final List<String> dimensions;
  private final String bucket;
  private final ReportPeriod period;
  private final Map<String, List<String>> filters;

  private MeasureQuestion(
      List<String> measures,
      List<String> dimensions,
      String bucket,
      ReportPeriod period,
      Map<String, List<String>> filters) {
    this.measures = measures;
    this.dimensions = dimensions;
    this.bucket = bucket;
    this.period = period;
    this.filters = filters;
  }

  public static Set<String> dimensionNames() {
    return DIMENSIONS.keySet();
  }

  /// Reads the parameters of a request; fails with `IllegalArgumentException`, which says what is
  /// possible.
  ///
  /// @param today where no period is given, the thirty days up to it
  public static MeasureQuestion of(Map<String, List<String>> parameters, LocalDate today) {
    List<String> measures = names(parameters, "measures", MEASURES.keySet());
    if (measures.isEmpty()) {
      throw new IllegalArgumentException("give measures, such as measures=sent,human_open_rate");
    }
    List<String> dimensions = names(parameters, "dimensions", DIMENSIONS.keySet());
    if (dimensions.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("give at most " + MOST_DIMENSIONS + " dimensions");
    }
    String bucket = single(parameters, "bucket", "none");
    known("bucket", bucket, BUCKETS);
    var period =
        new ReportPeriod(
            day(single(parameters, "from", today.minusDays(29).toString())),
            day(single(parameters, "to", today.toString())));
    return new MeasureQuestion(measures, dimensions, bucket, period, filters(parameters));
  }

  /// The statement; its `?` stand for `values`, in order.
  ///
  /// @param tables views that are at hand as tables
  String sql(ViewLibrary library, List<String> tables) {
    List<String> cuts = cuts();
    String groups = cuts.isEmpty() ? "" : " GROUP BY " + String.join(", ", cutNames());
    String select =
        Stream.concat(cuts.stream(), Stream.of(MEASURE_FILE.select(), PEOPLE))
            .collect(Collectors.joining(",\n  "));
    return "WITH asked AS (\nSELECT\n  "
        + select
        + "\nFROM ("
        + library.selectBase("deliveries", period, tables)
        + ")"
        + where()
        + groups
        + ")\nSELECT "
        + Stream.concat(cutNames().stream(), measures.stream()).collect(Collectors.joining(", "))
        + " FROM asked ORDER BY ALL";
  }

  List<String> values() {
    return filters.values().stream().flatMap(List::stream).toList();
  }

  private List<String> cuts() {
    var cuts = new ArrayList<String>();
    if (!bucket.equals("none")) {
      cuts.add(time(bucket) + " AS " + bucket);
    }
    dimensions.forEach(name -> cuts.add(DIMENSIONS.get(name) + " AS " + name));
    return cuts;
  }

  private List<String> cutNames() {
    return Stream.concat(
            Stream.of(bucket).filter(name -> !name.equals("none")), dimensions.stream())
        .toList();
  }

  private static String time(String bucket) {
    return bucket.equals("hour")
        ? "strftime(make_timestamp(CAST(floor(coalesce(sent_at, first_event) / 3600) AS BIGINT)"
            + " * 3600000000), '%Y-%m-%dT%H:00:00Z')"
        : "CAST(date_trunc('" + bucket + "', day) AS DATE)";
  }

  private String where() {
    return filters.entrySet().stream()
        .map(filter ->
            "CAST(%s AS VARCHAR) IN (%s)"
                .formatted(
                    DIMENSIONS.get(filter.getKey()),
                    filter.getValue().stream().map(_ -> "?").collect(Collectors.joining(", "))))
        .collect(Collectors.joining(" AND ", filters.isEmpty() ? "" : " WHERE ", ""));
  }

  private static Map<String, List<String>> filters(Map<String, List<String>> parameters) {
    var filters = new LinkedHashMap<String, List<String>>();
    Set<String> others = Set.of("measures", "dimensions", "bucket", "from", "to", "format");
    parameters.forEach((name, values) -> {
      if (!others.contains(name)) {
        known("filter", name, DIMENSIONS.keySet());
        filters.put(name, List.copyOf(values));
      }
    });
    return filters;
  }

  private static List<String> names(
      Map<String, List<String>> parameters, String parameter, Set<String> possible) {
    List<String> names =
        parameters.getOrDefault(parameter, List.of()).stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    names.forEach(name -> known(parameter, name, possible));
    return names;
  }

  private static void known(String parameter, String name, Set<String> possible) {
    if (!possible.contains(name)) {
      throw new IllegalArgumentException(
          "there is no "
              + parameter
              + " of that name; there are "
              + possible.stream().sorted().collect(Collectors.joining(", ")));
    }
  }

  private static String single(
      Map<String, List<String>> parameters, String name, String otherwise) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a day is written 2026-03-01", e);
    }
  }

  private static Map<String, String> measures() {
    var measures = new LinkedHashMap<String, String>();
    MEASURE_FILE.columns().forEach(column -> measures.put(column.name(), column.meaning()));
    measures.put("people", "Distinct people it was sent to");
    return measures;
  }

  private static Map<String, String> dimensions() {
    var dimensions = new LinkedHashMap<String, String>();
    for (String plain :
        List.of(
            "channel",
            "source",
            "parent",
            "campaign_id",
            "broadcast_id",
            "newsletter_id",
            "transactional_message_id",
            "action_id",
            "journey_id",
            "variant")) {
      dimensions.put(plain, plain);
    }
    dimensions.put(
        "recipient_domain",
        "nullif(regexp_extract(coalesce(recipient, email_address), '@([^@> ]+)>?$', 1), '')");
    return dimensions;
  }
}
