package dev.hooklake.server.console;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.console.BalanceSheet.Balance;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The first page: does it balance, what comes in, what needs attention.
public final class OverviewPages implements ConsolePages {
  private static final int LIVE_LINES = 6;

  /// Where its figures come from.
  public record Parts(
      BalanceSheet balance,
      LakeQuestions lake,
      LiveFeed live,
      SourceList sources,
      List<AttentionItem.Finder> attention) {
    public Parts {
      attention = List.copyOf(attention);
    }
  }

  /// What it says of journal and lake.
  public record Machinery(Journal journal, LakePipeline pipeline, InstantSource clock) {}

  private final Parts parts;
  private final Machinery machinery;
  private final Traffic traffic;
  private final EmailDays emailDays;

  public OverviewPages(Parts parts, Machinery machinery) {
    this.parts = parts;
    this.machinery = machinery;
    this.traffic = new Traffic(parts.lake(), machinery.clock());
    this.emailDays = new EmailDays(parts.lake(), machinery.clock());
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Overview", "/", 'o'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/", this::overview),
        PageRoute.get("/overview/figures", this::figures),
        PageRoute.get("/overview/email", this::email),
        PageRoute.get("/overview/traffic", this::traffic));
  }

  private PageReply overview(PageRequest request) {
    Range range = Range.of(request.query("range"), Range.DAY);
    var model =
        new OverviewModel(
            state(),
            trafficOf(range),
            email(),
            parts.live().newest(LiveFilter.ALL, LIVE_LINES),
            machinery.clock().instant());
    return PageReply.page("Overview", "overview.jte", model);
  }

  private PageReply figures(PageRequest request) {
    return PageReply.fragment("overviewFigures.jte", state());
  }

  private PageReply traffic(PageRequest request) {
    return PageReply.fragment(
        "overviewTraffic.jte", trafficOf(Range.of(request.query("range"), Range.DAY)));
  }

  private PageReply email(PageRequest request) {
    return PageReply.fragment("overviewEmail.jte", email());
  }

  private EmailModel email() {
    return new EmailModel(emailDays.newest());
  }

  private TrafficModel trafficOf(Range range) {
    return new TrafficModel(range, traffic.chart(range));
  }

  private State state() {
    JournalStatus journal = machinery.journal().status();
    LakeProgress progress = machinery.pipeline().progress();
    return new State(
        parts.balance().read(),
        attention(),
        parts.sources().lines(),
        new Health(
            progress.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            machinery.pipeline().lag(),
            journal.bytes(),
            journal.limitBytes(),
            progress.lastCommitAt(),
            journal.knownKeys()),
        machinery.clock().instant());
  }

  /// One finder that fails hides no other.
  private List<AttentionItem> attention() {
    var items = new ArrayList<AttentionItem>();
    for (AttentionItem.Finder finder : parts.attention()) {
      try {
        items.addAll(finder.find());
      } catch (IOException | SqlFailure e) {
        items.add(
            new AttentionItem(
                "bad", "The lake cannot be read", String.valueOf(e.getMessage()), "lake", ""));
      }
    }
    return List.copyOf(items);
  }

  /// All the page shows.
  public record OverviewModel(
      State state, TrafficModel traffic, EmailModel email, List<LiveEvent> live, Instant now) {
    public OverviewModel {
      live = List.copyOf(live);
    }
  }

  /// What is asked for again every few seconds.
  public record State(
      Balance balance,
      List<AttentionItem> attention,
      List<SourceList.Line> sources,
      Health health,
      Instant now) {
    public State {
      attention = List.copyOf(attention);
      sources = List.copyOf(sources);
    }
  }

  /// `chart` is null until the lake has answered.
  public record TrafficModel(Range range, @Nullable Chart chart) {}

  /// E-mails by day, newest first; null until the lake has answered.
  public record EmailModel(@Nullable List<EmailDay> days) {}

  public record Health(
      String lake,
      Duration lag,
      long journalBytes,
      long journalLimit,
      @Nullable Instant lastCommitAt,
      long knownKeys) {

    public String kind() {
      return switch (lake) {
        case "running" -> "good";
        case "starting" -> "info";
        default -> "bad";
      };
    }

    public double full() {
      return (double) journalBytes / journalLimit;
    }
  }
}
