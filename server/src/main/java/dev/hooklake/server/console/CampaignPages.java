package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.MeasureQuestion;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.console.Chart.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How campaigns and channels do, with people and machines apart.
public final class CampaignPages implements ConsolePages {
  private static final Duration MEMORY = Duration.ofSeconds(20);
  private static final int MOST_PARENTS = 50;
  private static final List<String> MEASURES =
      List.of(
          "sent",
          "delivery_rate",
          "human_open_rate",
          "open_rate",
          "human_click_rate",
          "click_rate",
          "bounce_rate",
          "unsubscribe_rate",
          "complaint_rate");

  private final LakeQuestions lake;
  private final ParentNames names;
  private final InstantSource clock;
  private final Remembered<Asked, ResultTable> answers;

  public CampaignPages(LakeQuestions lake, ParentNames names, InstantSource clock) {
    this.lake = lake;
    this.names = names;
    this.clock = clock;
    this.answers = new Remembered<>(MEMORY, clock, this::ask);
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Campaigns", "/campaigns", 'c'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.get("/campaigns", this::page));
  }

  private PageReply page(PageRequest request) throws IOException {
    Range range = Range.of(request.query("range"), Range.WEEK);
    String channel = request.query("channel");
    LocalDate to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate from = to.minusDays(Math.max(0, range.length().toDays() - 1));
    ResultTable channels = answers.get(new Asked("channel", "none", "", from, to));
    ResultTable days = answers.get(new Asked("", "day", channel, from, to));
    ResultTable parents =
        answers.get(new Asked("parent,channel,source", "none", channel, from, to));
    return PageReply.page(
        "Campaigns",
        "campaigns.jte",
        new Model(
            range,
            channel,
            lines(channels, channels.rows().size()),
            named(lines(parents, MOST_PARENTS)),
            opens(days),
            trouble(days)));
  }

  private ResultTable ask(Asked asked) throws IOException {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("measures", MEASURES);
    parameters.put("dimensions", List.of(asked.dimensions));
    parameters.put("bucket", List.of(asked.bucket));
    parameters.put("from", List.of(asked.from.toString()));
    parameters.put("to", List.of(asked.to.toString()));
    if (!asked.channel.isEmpty()) {
      parameters.put("channel", List.of(asked.channel));
    }
    MeasureQuestion question = MeasureQuestion.of(parameters, asked.to);
    return lake.measures(question, QueryLimits.PAGE);
  }

  private static List<Line> lines(ResultTable table, int most) {
    var lines = new ArrayList<Line>();
    for (int row = 0; row < table.rows().size(); row++) {
      String channel = String.valueOf(table.value(row, "channel"));
      Object parent = table.value(row, "parent");
      Object source = table.value(row, "source");
      Number sent = (Number) table.value(row, "sent");
      var rates = new LinkedHashMap<String, @Nullable Double>();
      MEASURES.forEach(name -> rates.put(name, null));
      for (String measure : MEASURES) {
        rates.put(measure, rate(table, row, measure));
      }
      lines.add(
          new Line(
              new Place(
                  source == null ? "" : source.toString(),
                  parent == null ? "" : parent.toString(),
                  ""),
              channel,
              sent == null ? 0 : sent.longValue(),
              rates));
    }
    return lines.stream()
        .sorted((one, other) -> Long.compare(other.sent(), one.sent()))
        .limit(most)
        .toList();
  }

  private List<Line> named(List<Line> lines) throws IOException {
    ParentNames.Known known = names.known();
    return lines.stream()
        .map(line ->
            new Line(
                line.place().called(known.of(line.place().source(), line.place().parent())),
                line.channel(),
                line.sent(),
                line.rates()))
        .toList();
  }

  private static Chart opens(ResultTable days) {
    return chart(
        days,
        Map.of(
            "1 Opened by people", "human_open_rate",
            "2 Opened, with machines", "open_rate",
            "3 Clicked by people", "human_click_rate"));
  }

  private static Chart trouble(ResultTable days) {
    return chart(
        days,
        Map.of(
            "1 Bounced", "bounce_rate",
            "2 Unsubscribed", "unsubscribe_rate",
            "3 Reported as spam", "complaint_rate"));
  }

  /// The digit in front of a name orders the lines.
  private static Chart chart(ResultTable days, Map<String, String> lines) {
    var labels = new ArrayList<String>();
    for (int row = 0; row < days.rows().size(); row++) {
      labels.add(String.valueOf(days.value(row, "day")));
    }
    List<Series> series =
        lines.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(line -> new Series(line.getKey().substring(2), rates(days, line.getValue())))
            .toList();
    return new Chart("line", "%", false, labels, series);
  }

  private static List<@Nullable Double> rates(ResultTable days, String measure) {
    var rates = new ArrayList<@Nullable Double>();
    for (int row = 0; row < days.rows().size(); row++) {
      rates.add(rate(days, row, measure));
    }
    return rates;
  }

  private static @Nullable Double rate(ResultTable table, int row, String column) {
    Number rate = (Number) table.value(row, column);
    return rate == null ? null : (Double) rate.doubleValue();
  }

  private record Asked(
      String dimensions, String bucket, String channel, LocalDate from, LocalDate to) {}

  /// What a line is about; all empty in the list of channels.
  ///
  /// @param parent for example `campaign 42`
  /// @param name at the provider; empty where nobody said one
  public record Place(String source, String parent, String name) {
    private Place called(String known) {
      return new Place(source, parent, known);
    }

    public boolean none() {
      return parent.equals("none");
    }
  }

  /// One channel, or one campaign on a channel.
  public record Line(Place place, String channel, long sent, Map<String, @Nullable Double> rates) {

    public @Nullable Double rate(String measure) {
      return rates.get(measure);
    }
  }

  /// The page.
  public record Model(
      Range range,
      String channel,
      List<Line> channels,
      List<Line> parents,
      Chart opens,
      Chart trouble) {}
}
