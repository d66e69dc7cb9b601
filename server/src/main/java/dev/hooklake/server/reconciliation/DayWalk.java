package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Failure;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.server.reconciliation.ProviderHistory.Step;
import dev.hooklake.server.reconciliation.ProviderHistory.Walk;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Walks a list that takes a window, one UTC day of it after the other, the newest first.
final class DayWalk<T> implements Walk {
  private final Function<LocalDate, PageWalk<T>> pages;
  private final Function<List<T>, List<? extends ListedMessage>> read;
  private final LocalDate oldest;
  private LocalDate day;
  private @Nullable PageWalk<T> ofDay;
  private long requests;

  /// Lists the days `newest` to `oldest`.
  ///
  /// @param pages the list of one day
  /// @param read what of a page is a message that webhooks tell of
  DayWalk(
      LocalDate newest,
      LocalDate oldest,
      Function<LocalDate, PageWalk<T>> pages,
      Function<List<T>, List<? extends ListedMessage>> read) {
    this.day = newest;
    this.oldest = oldest;
    this.pages = pages;
    this.read = read;
  }

  @Override
  public Step next() throws InterruptedException {
    if (day.isBefore(oldest)) {
      return new Step.End();
    }
    PageWalk<T> list = ofDay == null ? pages.apply(day) : ofDay;
    ofDay = list;
    int pagesBefore = list.pages();
    PageWalk.Step<T> step = list.next();
    // The end of a list is known without asking, and an empty page is no step.
    requests += list.pages() - pagesBefore;
    return switch (step) {
      case PageWalk.Step.Items<T>(List<T> items) -> new Step.Messages(read.apply(items));
      case PageWalk.Step.Broken<T>(Failure why) -> new Step.Broken(why.message());
      case PageWalk.Step.End<T>() -> dayDone();
    };
  }

  private Step dayDone() {
    LocalDate done = day;
    day = day.minusDays(1);
    ofDay = null;
    return new Step.DayDone(done);
  }

  @Override
  public long requests() {
    return requests;
  }
}
