package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.resend.DailyCounts;
import dev.hooklake.providers.resend.ResendApi;
import dev.hooklake.providers.resend.ResendEmail;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Resend's list of emails, and its own counts. The list takes no window, so it is read from its
/// newest end until it is older than what was asked for; it ends by itself after 30 days.
public record ResendHistory(String source, ResendApi api) implements ProviderHistory {
  private static final int KEPT_DAYS = 30;

  /// By the name that SQL knows.
  private static final ZoneId UTC = ZoneId.of("UTC");

  /// Which counts are of emails as ours are, and our words for them. Every open and click, and
  /// every delay, may be one of several of an email; rates are made of the others; what is received
  /// or unsubscribed from has no webhook of an email that was sent.
  private static final Map<String, String> COUNTS =
      Map.of(
          "sent", "sent",
          "delivered", "delivered",
          "bounced", "bounced",
          "complained", "spammed",
          "suppressed", "dropped",
          "failed", "failed",
          "unique_opened", "opened",
          "unique_clicked", "clicked");

  @Override
  public Walk walk(LocalDate newest, LocalDate oldest) {
    return new FromTheNewest(source, api.emails(), newest, oldest);
  }

  @Override
  public LocalDate reachesBackTo(LocalDate today) {
    return today.minusDays(KEPT_DAYS - 1);
  }

  @Override
  public Look subscription() {
    return new Look.Seen(Subscription.UNKNOWN);
  }

  /// Of whole days only: today goes on, and an account may keep less than was asked for.
  @Override
  public Counts reported(List<Parent> parents, LocalDate from, LocalDate to)
      throws InterruptedException {
    return switch (api.dailyCounts(List.copyOf(COUNTS.keySet()), from, to)) {
      case Answer.Failed<DailyCounts>(Failure why) ->
          new Counts(List.of(), "the provider's own counts cannot be had: " + why.message());
      case Answer.Given<DailyCounts>(DailyCounts counts) -> compared(counts, from, to);
    };
  }

  private static Counts compared(DailyCounts counts, LocalDate from, LocalDate to) {
    List<Reported> reported = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      Map<String, Long> ofDay = counts.days().get(day);
      if (ofDay == null || !counts.holdsWhole(day)) {
        leftOut.add(day.toString());
      } else {
        reported.add(new Reported(Parent.ALL, UTC, day, inOurWords(ofDay)));
      }
    }
    return new Counts(reported, leftOut.isEmpty() ? null : note(leftOut));
  }

  private static String note(List<String> days) {
    return "the provider gave no whole count of "
        + days.getFirst()
        + (days.size() > 1 ? " and %d more of the days".formatted(days.size() - 1) : "");
  }

  private static Map<String, Long> inOurWords(Map<String, Long> counts) {
    Map<String, Long> ours = new HashMap<>();
    counts.forEach((metric, count) -> ours.put(COUNTS.getOrDefault(metric, metric), count));
    return ours;
  }

  /// Hands over what was made on the days asked for; a day is done when an older one begins.
  private static final class FromTheNewest implements Walk {
    private final String source;
    private final PageWalk<ResendEmail> pages;
    private final LocalDate newest;
    private final LocalDate oldest;
    private LocalDate reached;
    private boolean ended;
    private boolean told = true;

    FromTheNewest(String source, PageWalk<ResendEmail> pages, LocalDate newest, LocalDate oldest) {
      this.source = source;
      this.pages = pages;
      this.newest = newest;
      this.oldest = oldest;
      this.reached = newest;
    }

    @Override
    public Step next() throws InterruptedException {
      if (!told) {
        told = true;
        return new Step.DayDone(reached.plusDays(1));
      }
      if (ended) {
        return new Step.End();
      }
      return switch (pages.next()) {
        case PageWalk.Step.Broken<ResendEmail>(Failure why) -> new Step.Broken(why.message());
        case PageWalk.Step.End<ResendEmail>() -> end();
        case PageWalk.Step.Items<ResendEmail>(List<ResendEmail> items) -> page(items);
      };
    }

    private Step page(List<ResendEmail> items) {
      LocalDate last = day(items.getLast());
      told = !last.isBefore(reached);
      reached = last.isBefore(reached) ? last : reached;
      ended = last.isBefore(oldest);
      return new Step.Messages(
          items.stream()
              .filter(email -> !day(email).isAfter(newest) && !day(email).isBefore(oldest))
              .map(email -> new ResendListed(source, email))
              .toList());
    }

    private Step end() {
      ended = true;
      return new Step.DayDone(oldest);
    }

    private static LocalDate day(ResendEmail email) {
      return LocalDate.ofInstant(email.created(), ZoneOffset.UTC);
    }

    @Override
    public long requests() {
      return pages.pages();
    }
  }
}
