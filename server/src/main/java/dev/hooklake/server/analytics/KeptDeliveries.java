package dev.hooklake.server.analytics;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions about deliveries from a table kept beside the lake, always for the newest
/// version of its tables, or not at all: then the tables themselves are to be asked.
///
/// The table is made once somebody has asked and the lake has so many events that it pays; from
/// then on a thread of its own keeps it near the newest version, and the rest is done before an
/// answer. Where it cannot be used, it is thrown away and made again.
public final class KeptDeliveries implements Erasable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptDeliveries.class);
  private static final SqlLimits LIMITS = new SqlLimits(2, 512);

  /// So many new events are put in before an answer; the tables answer sooner than more.
  private static final long AT_ONCE = 50_000;

  private static final Duration SHORTEST_REST = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(15);

  /// Rests for so many times as long as it worked.
  private static final int RESTS = 20;

  private final Parts parts;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// Guards what follows; held for one step of work at a time.
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable DeliveryRollup rollup;
  private boolean held;
  private int faults;
  private volatile boolean wanted;
  private volatile KeptState state = KeptState.NONE;

  /// What it is made with.
  ///
  /// @param worthwhile from so many events on
  /// @param busy whether events wait for the lake, so that the background's work waits too
  public record Parts(
      LakeReader lake,
      KeptFiles files,
      long worthwhile,
      BooleanSupplier busy,
      InstantSource clock) {}

  private KeptDeliveries(Parts parts) {
    this.parts = parts;
    this.thread = Thread.ofPlatform().name("kept-deliveries").daemon().unstarted(this::run);
  }

  public static KeptDeliveries start(Parts parts) {
    var started = new KeptDeliveries(parts);
    started.thread.start();
    return started;
  }

  /// Answers one select of ours; empty when it does not read `all_deliveries` or the table is not
  /// at hand.
  Optional<ResultTable> ask(String sql, List<String> parameters, QueryLimits limits) {
    if (!sql.contains(DeliveryRollup.DELIVERIES)) {
      return Optional.empty();
    }
    wanted = true;
    Optional<Reading> reading = reading();
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    var time = new TimeLimit(limits.time());
    try (Connection connection = reading.get().connection()) {
      for (String view : reading.get().lake().views(sql)) {
        execute(connection, view);
      }
      return Optional.of(read(connection, new Asked(sql, parameters, limits), time));
    } catch (SQLException e) {
      if (time.reached()) {
        throw LakeQuestions.tooSlow(limits);
      }
      failedAnswer(reading.get().rollup(), e);
      return Optional.empty();
    }
  }

  private record Asked(String sql, List<String> parameters, QueryLimits limits) {}

  /// A connection, what it is to, and the versions it sees.
  private record Reading(Connection connection, DeliveryRollup rollup, LakeState lake) {}

  private static ResultTable read(Connection connection, Asked asked, TimeLimit time)
      throws SQLException {
    var rows = new ResultTable.Collector(asked.limits());
    try (PreparedStatement statement = connection.prepareStatement(asked.sql());
        LakeSql.Watch.Kept _ = time.over(statement);
        ResultSet found = LakeSql.execute(statement, asked.parameters())) {
      ResultRows.read(found, rows);
    }
    return rows.table();
  }

  private Optional<Reading> reading() {
    // A step is soon over.
    if (!state.answers() || !lockedWithin(LONGEST_WAIT)) {
      return Optional.empty();
    }
    try {
      LakeState newest = LakeState.of(parts.lake());
      DeliveryRollup current = held ? null : rollup;
      return current != null && isBroughtTo(newest, current)
          ? Optional.of(new Reading(current.reader(), current, newest))
          : Optional.empty();
    } catch (IOException | SqlFailure e) {
      failed(e);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean lockedWithin(Duration time) {
    try {
      return lock.tryLock(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Brings the table to the newest version if that is little work.
  private boolean isBroughtTo(LakeState newest, DeliveryRollup current) throws IOException {
    OptionalLong room = parts.files().room();
    current.spillAtMost(room.orElse(0));
    if (current.isAt(newest)) {
      return true;
    }
    Optional<Long> rows = current.follow(newest, parts.lake()::changes);
    if (rows.isEmpty() || rows.get() > AT_ONCE || room.isEmpty()) {
      return false;
    }
    current.mergeStep(newest);
    return current.isAt(newest);
  }

  private void run() {
    Duration rest = SHORTEST_REST;
    try {
      while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        rest = round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Brings the table to the newest version; how long to rest then.
  private Duration round() {
    Instant begun = parts.clock().instant();
    try {
      if (wanted || parts.files().newest().isPresent()) {
        refresh(parts.busy());
      }
    } catch (IOException | RuntimeException e) {
      failed(e);
      return AFTER_FAILURE;
    }
    if (state.equals(KeptState.NONE)) {
      return LONGEST_REST;
    }
    Duration rest = Duration.between(begun, parts.clock().instant()).multipliedBy(RESTS);
    return rest.compareTo(SHORTEST_REST) < 0
        ? SHORTEST_REST
        : rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  /// For those who cannot wait for the thread.
  void refresh() throws IOException {
    refresh(() -> false);
  }

  /// While it is busy, the file is only checked.
  void refresh(BooleanSupplier busy) throws IOException {
    boolean more = true;
    while (more && closing.getCount() > 0) {
      more = step(busy.getAsBoolean());
    }
  }

  /// One step nearer; whether there are more. The versions are taken under the lock, since a
  /// question may have brought the table further meanwhile.
  private boolean step(boolean busy) throws IOException {
    lock.lock();
    try {
      return !held && step(LakeState.of(parts.lake()), busy);
    } finally {
      lock.unlock();
    }
  }

  private boolean step(LakeState newest, boolean busy) throws IOException {
    if (newest.events() < parts.worthwhile() || !newest.isLocal()) {
      // What it was made of may have been removed.
      discard();
      parts.files().delete();
      return false;
    }
    DeliveryRollup current = open();
    Optional<Long> missing = current.follow(newest, parts.lake()::changes);
    if (missing.isEmpty()) {
      current = startAnew();
      missing = current.follow(newest, parts.lake()::changes);
    }
    long rows =
        missing.orElseThrow(() -> new IllegalStateException("a new file follows no tables"));
    if (!busy && !current.isAt(newest)) {
      current.spillAtMost(
          parts
              .files()
              .room()
              .orElseThrow(() -> new IOException("little more than 1 GiB is free on their disk")));
      current.mergeStep(newest);
    }
    boolean there = current.isAt(newest);
    // What little is missing is put in before an answer.
    String now = there || rows <= AT_ONCE ? KeptState.CURRENT : KeptState.BUILDING;
    state = new KeptState(now, parts.files().bytes());
    return !there && !busy;
  }

  private DeliveryRollup open() throws IOException {
    DeliveryRollup opened = rollup;
    if (opened != null) {
      return opened;
    }
    Optional<Path> file = parts.files().newest();
    return file.isPresent() ? openOrStartAnew(file.get()) : startAnew();
  }

  private DeliveryRollup openOrStartAnew(Path file) throws IOException {
    try {
      return open(file);
    } catch (SqlFailure e) {
      if (e.mayPass()) {
        throw e;
      }
      LOG.warn("{}; it is made again from the lake", e.getMessage());
      return startAnew();
    }
  }

  /// A file that was used is never used again: freed parts of it would keep what was in them.
  private DeliveryRollup startAnew() throws IOException {
    discard();
    faults = 0;
    LOG.info("Making the kept deliveries from the lake's tables");
    return open(parts.files().next());
  }

  private DeliveryRollup open(Path file) throws IOException {
    DeliveryRollup opened = DeliveryRollup.open(file, LIMITS);
    rollup = opened;
    // Also after a kill between the making of one file and the deletion of the other.
    parts.files().deleteAllBut(file);
    return opened;
  }

  private void discard() {
    DeliveryRollup opened = rollup;
    rollup = null;
    state = KeptState.NONE;
    if (opened != null) {
      opened.close();
    }
  }

  /// What went wrong may be the file's fault, if it still is the file.
  private void failedAnswer(DeliveryRollup asked, SQLException e) {
    var failure = new SqlFailure(SqlFailure.firstLine(e), e);
    if (failure.mayPass() || !lockedWithin(LONGEST_WAIT)) {
      LOG.warn("The kept deliveries could not answer: {}", failure.getMessage());
      return;
    }
    try {
      if (asked == rollup) {
        failed(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A lake that cannot be read and a full disk are waited for. After a fault of DuckDB's the file
  /// is opened again, after the second one made again.
  private void failed(Exception e) {
    LOG.warn("The kept deliveries are not up to date: {}", e.getMessage());
    lock.lock();
    try {
      if (e instanceof IOException) {
        state = new KeptState(KeptState.PAUSED, parts.files().bytes());
        return;
      }
      discard();
      if (e instanceof SqlFailure failure && !failure.mayPass() && ++faults > 1) {
        parts.files().delete();
      }
      state = new KeptState(KeptState.FAILED, parts.files().bytes());
    } catch (IOException | SqlFailure again) {
      LOG.warn("The kept deliveries could not be put away: {}", again.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /// How it stands.
  public KeptState state() {
    return state;
  }

  @Override
  public String name() {
    return parts.files().name();
  }

  /// Nothing is kept from here until the erasure has ended, since the tables still hold the person.
  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    lock.lock();
    try {
      held = true;
      discard();
      return parts.files().delete();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended() {
    lock.lock();
    try {
      held = false;
    } finally {
      lock.unlock();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSING_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!lockedWithin(LONGEST_WAIT)) {
      LOG.warn("The kept deliveries are left in the middle of a step, which will be done again");
      return;
    }
    try {
      discard();
    } finally {
      lock.unlock();
    }
  }
}
