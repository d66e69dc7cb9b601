package dev.hooklake.server.replay;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.forwarding.PastEvents;
import dev.hooklake.server.forwarding.PastEvents.PastEvent;
import dev.hooklake.server.forwarding.PastEvents.Queued;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Forwards again what has landed, piece by piece: who asks goes on where the last piece ended.
/// Nothing is kept between pieces, and a piece that is asked for twice is queued once.
public final class ForwardingReplay {
  private static final SqlLimits LIMITS = new SqlLimits(1, 384);

  private final LakeReader lake;
  private final RecordDecoder decoder;
  private final PastEvents queue;
  private final InstantSource clock;
  private final Lock noErasure;

  /// Each opens a memory of its own.
  private final ReentrantLock oneAtATime = new ReentrantLock();

  /// @param noErasure held from reading the lake until it is queued: a person who is erased in
  ///   between would be queued again
  public ForwardingReplay(
      LakeReader lake,
      RecordDecoder decoder,
      PastEvents queue,
      InstantSource clock,
      Lock noErasure) {
    this.lake = lake;
    this.decoder = decoder;
    this.queue = queue;
    this.clock = clock;
    this.noErasure = noErasure;
  }

  /// What became of a piece.
  ///
  /// @param examined landing rows that were read
  /// @param queued events that did not wait for the destination before
  /// @param next from where to go on; null at the end of the range
  /// @param full whether it ended because too many events wait for the destination
  public record Piece(int examined, int queued, @Nullable Instant next, boolean full) {}

  /// Queues the first piece of a range for a destination that is in the settings.
  public Piece run(String destination, ReplayRange range) throws IOException {
    oneAtATime.lock();
    noErasure.lock();
    try (LakeSql sql = LakeSql.open(lake, LIMITS)) {
      List<ReplayRange> windows = LandingWindows.of(sql, range);
      if (windows.isEmpty()) {
        return new Piece(0, 0, null, false);
      }
      List<PastEvent> events = events(sql, windows.getFirst());
      Queued queued = queue.queue(destination, events);
      boolean full = queued.noRoomFrom() != null;
      Instant after = windows.size() > 1 ? windows.get(1).from() : null;
      return new Piece(events.size(), queued.events(), full ? queued.noRoomFrom() : after, full);
    } catch (SqlFailure e) {
      throw new IOException("the landing table cannot be read: " + e.getMessage(), e);
    } finally {
      noErasure.unlock();
      oneAtATime.unlock();
    }
  }

  private List<PastEvent> events(LakeSql sql, ReplayRange window) {
    Instant now = clock.instant();
    List<PastEvent> events = new ArrayList<>();
    TableRows.read(
        sql,
        Tables.LANDING,
        window,
        landing -> {
          long sequence = (Long) DerivedRows.present(landing, "journal_position");
          SourceEvent event = LandingRows.event(landing);
          events.add(
              new PastEvent(decoder.derived(event, sequence, now), sequence, event.receivedAt()));
        });
    events.sort(Comparator.comparing(PastEvent::receivedAt).thenComparingLong(PastEvent::sequence));
    return events;
  }
}
