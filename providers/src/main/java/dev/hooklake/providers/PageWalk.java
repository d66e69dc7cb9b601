package dev.hooklake.providers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through a list page by page, in bounded memory, and does not believe its cursors.
///
/// | what the list does                     | what follows                              |
/// |----------------------------------------|-------------------------------------------|
/// | no cursor                              | the end                                   |
/// | three pages in a row empty, more cursors | the end: seen where the list was over   |
/// | a cursor it gave before                | broken: going on would never end          |
/// | more pages than the limit              | broken                                    |
///
/// Used by one thread.
public final class PageWalk<T> {
  private static final int MAX_EMPTY_PAGES = 3;
  private static final int MAX_PAGES = 200_000;

  /// Fetches the page behind a cursor; null is the first.
  public interface Fetch<T> {
    Answer<Page<T>> page(@Nullable String cursor) throws InterruptedException;
  }

  /// What a step brought.
  public sealed interface Step<T> {
    record Items<T>(List<T> items) implements Step<T> {}

    record End<T>() implements Step<T> {}

    record Broken<T>(Failure why) implements Step<T> {}
  }

  private final String what;
  private final Fetch<T> fetch;
  private final Set<String> seen = new HashSet<>();
  private @Nullable String cursor;
  private boolean ended;
  private int pages;
  private int emptyPages;

  /// @param what is listed, for messages
  public PageWalk(String what, Fetch<T> fetch) {
    this.what = what;
    this.fetch = fetch;
  }

  /// The next page's items; after the end, or when broken, the same answer again.
  public Step<T> next() throws InterruptedException {
    while (!ended) {
      Answer<Page<T>> answer = fetch.page(cursor);
      if (answer instanceof Answer.Failed<Page<T>> failed) {
        return new Step.Broken<>(failed.why());
      }
      Page<T> page = ((Answer.Given<Page<T>>) answer).value();
      String lie = lie(page);
      if (lie != null) {
        return new Step.Broken<>(new Failure.Unreadable(lie));
      }
      turn(page);
      if (!page.items().isEmpty()) {
        return new Step.Items<>(page.items());
      }
    }
    return new Step.End<>();
  }

  /// Everything from here on, for lists that are known to be short; failed when the list breaks
  /// off.
  public Answer<List<T>> rest() throws InterruptedException {
    List<T> all = new ArrayList<>();
    Step<T> step = next();
    while (step instanceof Step.Items<T> page) {
      all.addAll(page.items());
      step = next();
    }
    return step instanceof Step.Broken<T> broken ? Answer.failed(broken.why()) : Answer.given(all);
  }

  public int pages() {
    return pages;
  }

  private @Nullable String lie(Page<T> page) {
    if (page.next() != null && seen.contains(page.next())) {
      return "the list of " + what + " gave a cursor twice, after " + pages + " pages";
    }
    return pages >= MAX_PAGES ? "the list of " + what + " has more than " + pages + " pages" : null;
  }

  private void turn(Page<T> page) {
    pages++;
    emptyPages = page.items().isEmpty() ? emptyPages + 1 : 0;
    cursor = page.next();
    ended = page.next() == null || emptyPages == MAX_EMPTY_PAGES;
    if (page.next() != null) {
      seen.add(page.next());
    }
  }
}
