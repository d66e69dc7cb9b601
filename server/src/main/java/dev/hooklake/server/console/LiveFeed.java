package dev.hooklake.server.console;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.intake.EventTap;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows viewers what arrives within a moment, beside the pipeline and without ever holding it up.
///
/// | limit                | past it                                                       |
/// |----------------------|---------------------------------------------------------------|
/// | 200 events a second  | the rest is counted as skipped, and viewers are told          |
/// | 512 waiting          | the same                                                      |
/// | 64 KiB body          | the event is shown without what is in it                      |
/// | 400 lines kept       | the oldest goes                                               |
/// | 256 lines a viewer   | a viewer that reads too slowly is told what it missed         |
/// | 50 viewers           | further ones are refused                                      |
public final class LiveFeed implements EventTap, Erasable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int MOST_A_SECOND = 200;
  private static final int MOST_WAITING = 512;
  private static final int MOST_BODY_BYTES = 64 << 10;
  private static final int MOST_KEPT = 400;
  private static final int MOST_VIEWERS = 50;

  private final RecordDecoder decoder;
  private final InstantSource clock;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Deque<LiveEvent> kept = new ArrayDeque<>();
  private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> lastBySource = new ConcurrentHashMap<>();
  private final AtomicLong skipped = new AtomicLong();
  private final Thread thread;

  // The second being counted, and how many were taken in it; races cost a few lines, no more.
  private volatile long second;
  private final AtomicLong inSecond = new AtomicLong();

  public LiveFeed(RecordDecoder decoder, InstantSource clock) {
    this.decoder = decoder;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("live-feed").daemon().start(this::run);
  }

  @Override
  public void stored(SourceEvent event, long sequence) {
    lastBySource.put(event.source(), event.receivedAt());
    offer(new Arrival(event.receivedAt(), event.source(), event, "stored", ""));
  }

  @Override
  public void duplicate(SourceEvent event) {
    offer(new Arrival(event.receivedAt(), event.source(), event, "duplicate", ""));
  }

  @Override
  public void refused(String source, Verification.Reason reason, Instant at) {
    String word = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    offer(new Arrival(at, source, null, "refused", word));
  }

  /// The newest lines, newest first.
  List<LiveEvent> newest(LiveFilter filter, int most) {
    synchronized (kept) {
      return kept.stream().filter(filter::takes).limit(most).toList();
    }
  }

  /// A viewer of what comes from now on; null when there are too many.
  @Nullable LiveViewer open(LiveFilter filter) {
    if (viewers.size() >= MOST_VIEWERS) {
      return null;
    }
    var viewer = new LiveViewer(filter, viewers::remove);
    viewers.add(viewer);
    return viewer;
  }

  @Override
  public String name() {
    return "live_feed";
  }

  /// Lines of the person's events go, also those that viewers have not been sent yet.
  @Override
  public long erase(Person person, PersonRows rows) {
    Predicate<String> names = person.traces();
    Predicate<LiveEvent> theirs = line -> isOf(line, names, rows);
    viewers.forEach(viewer -> viewer.forget(theirs));
    synchronized (kept) {
      long before = kept.size();
      kept.removeIf(theirs);
      return before - kept.size();
    }
  }

  private static boolean isOf(LiveEvent line, Predicate<String> names, PersonRows rows) {
    String key = line.key();
    return names.test(line.metric())
        || (key != null
            && (names.test(key)
                || rows.events().contains(new Replacement.Key(line.source(), key))));
  }

  /// When the last authentic event of a source arrived; null when none did since the start.
  @Nullable Instant lastOf(String source) {
    return lastBySource.get(source);
  }

  /// Events that were not shown because too many came at once.
  long skipped() {
    return skipped.get();
  }

  private void offer(Arrival arrival) {
    if (overPace(arrival.at().getEpochSecond()) || !arrivals.offer(arrival.bounded())) {
      skipped.incrementAndGet();
    }
  }

  private boolean overPace(long now) {
    if (now != second) {
      second = now;
      inSecond.set(0);
    }
    return inSecond.incrementAndGet() > MOST_A_SECOND;
  }

  private void run() {
    try {
      while (true) {
        show(arrivals.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Arrival arrival) {
    try {
      LiveEvent line = line(arrival);
      synchronized (kept) {
        kept.addFirst(line);
        if (kept.size() > MOST_KEPT) {
          kept.removeLast();
        }
      }
      viewers.forEach(viewer -> viewer.offer(line));
    } catch (RuntimeException e) {
      LOG.error("An event could not be shown in the live feed: {}", FaultTrace.of(e));
    }
  }

  private LiveEvent line(Arrival arrival) {
    SourceEvent event = arrival.event();
    if (event == null || arrival.isTooLarge()) {
      String key = event == null ? null : event.eventKey();
      String metric = event == null ? arrival.reason() : "large";
      return new LiveEvent(
          arrival.at(), arrival.source(), key, arrival.outcome(), "", metric, "", false);
    }
    Row row = decoder.derived(event, 0, clock.instant());
    return row.table().equals(Tables.QUARANTINE)
        ? quarantined(arrival, event, row)
        : understood(arrival, event, row);
  }

  private static LiveEvent quarantined(Arrival arrival, SourceEvent event, Row row) {
    boolean first = arrival.outcome().equals("stored");
    return new LiveEvent(
        arrival.at(),
        arrival.source(),
        event.eventKey(),
        first ? "quarantined" : arrival.outcome(),
        "",
        String.valueOf(row.value("reason")).toLowerCase(Locale.ROOT).replace('_', ' '),
        "",
        false);
  }

  private static LiveEvent understood(Arrival arrival, SourceEvent event, Row row) {
    return new LiveEvent(
        arrival.at(),
        arrival.source(),
        event.eventKey(),
        arrival.outcome(),
        row.table().name().replace("_events", ""),
        String.valueOf(row.value("metric")),
        Masking.masked(recipient(row)),
        Boolean.TRUE.equals(row.value("is_machine")));
  }

  private static @Nullable String recipient(Row row) {
    Object recipient = row.value("recipient");
    Object address = row.value("email_address");
    return recipient != null ? recipient.toString() : address == null ? null : address.toString();
  }

  @Override
  public void close() {
    thread.interrupt();
    viewers.forEach(LiveViewer::close);
  }

  private record Arrival(
      Instant at, String source, @Nullable SourceEvent event, String outcome, String reason) {

    boolean isTooLarge() {
      return reason.equals("large");
    }

    /// Without a body too large to keep waiting.
    Arrival bounded() {
      if (event == null || event.body().size() <= MOST_BODY_BYTES) {
        return this;
      }
      var headOnly =
          new SourceEvent(
              event.source(),
              event.eventKey(),
              event.receivedAt(),
              event.path(),
              Headers.NONE,
              event.contentType(),
              Payload.of(""));
      return new Arrival(at, source, headOnly, outcome, "large");
    }
  }
}
