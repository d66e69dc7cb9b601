package dev.hooklake.server.analytics;

import dev.hooklake.lake.LakeReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers questions to the lake: a few at a time, each over the newest version of every table,
/// within limits of time, memory and rows.
///
/// What is open is kept while the tables do not change, so that most questions cost only
/// themselves. They run on platform threads: DuckDB is native code, and two such calls on virtual
/// threads would hold every carrier of a small machine, and with them the public port.
public final class LakeQuestions implements AutoCloseable {
  private static final int MOST_WAITING = 32;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /// For opening the tables, and for DuckDB to stop.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final LakeReader lake;
  private final SqlLimits size;
  private final @Nullable KeptDeliveries kept;
  private final ViewLibrary library = ViewLibrary.load();
  private final Deque<LakeSql> idle = new ArrayDeque<>();
  private final Set<LakeSql> asked = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor answering;

  public LakeQuestions(LakeReader lake, int atOnce, SqlLimits size) {
    this(lake, atOnce, size, null);
  }

  /// @param atOnce how many are answered at a time; others wait
  /// @param size what each of them may take
  /// @param kept answers what it can before the tables are asked
  public LakeQuestions(LakeReader lake, int atOnce, SqlLimits size, @Nullable KeptDeliveries kept) {
    this.lake = lake;
    this.size = size;
    this.kept = kept;
    this.answering =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("lake-question-", 0).daemon().factory());
  }

  /// Answers one of our reports.
  public ResultTable report(ViewDefinition report, ReportPeriod period, QueryLimits limits)
      throws IOException {
    return aboutDeliveries(tables -> library.select(report, period, tables), List.of(), limits);
  }

  /// Answers a question of measures.
  public ResultTable measures(MeasureQuestion question, QueryLimits limits) throws IOException {
    return aboutDeliveries(tables -> question.sql(library, tables), question.values(), limits);
  }

  private ResultTable aboutDeliveries(
      Function<List<String>, String> sql, List<String> parameters, QueryLimits limits)
      throws IOException {
    return inTurn(
        () -> {
          Optional<ResultTable> answer =
              kept == null
                  ? Optional.empty()
                  : kept.ask(sql.apply(List.of(DeliveryRollup.DELIVERIES)), parameters, limits);
          return answer.isPresent()
              ? answer.get()
              : asked(tables -> run(tables, sql.apply(List.of()), parameters, limits));
        },
        limits);
  }

  /// Runs one select of ours, `?` standing for the parameters.
  public ResultTable ask(String sql, List<String> parameters, QueryLimits limits)
      throws IOException {
    return inTurn(() -> asked(tables -> run(tables, sql, parameters, limits)), limits);
  }

  /// Runs one select that somebody typed, if it asks for nothing but our tables.
  public ResultTable askTyped(String sql, QueryLimits limits) throws IOException {
    return inTurn(
        () ->
            asked(tables -> {
              OnlyOurTables.check(sql, tables);
              return run(tables, sql, List.of(), limits);
            }),
        limits);
  }

  private static ResultTable run(
      LakeSql lakeSql, String sql, List<String> parameters, QueryLimits limits) {
    var rows = new ResultTable.Collector(limits);
    var time = new TimeLimit(limits.time());
    try {
      lakeSql.query(sql, parameters, rows, time);
    } catch (SqlFailure e) {
      throw time.reached() ? tooSlow(limits) : withAdvice(e);
    }
    return rows.table();
  }

  private static SqlFailure withAdvice(SqlFailure failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("Out of Memory")
        ? new SqlFailure(
            message + "\nAsk for fewer days, or run it with hooklake query, which has more memory",
            failure)
        : failure;
  }

  static SqlFailure tooSlow(QueryLimits limits) {
    return new SqlFailure(
        "stopped after "
            + limits.time().toSeconds()
            + " s; ask for fewer days, or run it with hooklake query, which has no limit");
  }

  /// The one who asks is answered in time even where DuckDB does not look up: within one call of a
  /// function it cannot be stopped. Such a call keeps its turn until it ends.
  private ResultTable inTurn(Callable<ResultTable> question, QueryLimits limits)
      throws IOException {
    var begun = new CountDownLatch(1);
    Future<ResultTable> answer =
        submitted(() -> {
          begun.countDown();
          return question.call();
        });
    try {
      if (!begun.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
      return answer.get(limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (TimeoutException e) {
      throw tooSlow(limits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    } finally {
      answer.cancel(false);
    }
  }

  private Future<ResultTable> submitted(Callable<ResultTable> question) {
    try {
      return answering.submit(question);
    } catch (RejectedExecutionException e) {
      throw busy();
    }
  }

  private static SqlFailure busy() {
    return SqlFailure.Busy.others();
  }

  private static IOException cause(ExecutionException e) {
    return switch (e.getCause()) {
      case SqlFailure failure -> throw failure;
      case IOException failure -> failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case null, default -> new IOException(String.valueOf(e.getMessage()), e);
    };
  }

  private ResultTable asked(Question question) throws IOException {
    LakeSql sql = current();
    boolean sound = false;
    asked.add(sql);
    try {
      ResultTable answer = question.ask(sql);
      sound = true;
      return answer;
    } finally {
      asked.remove(sql);
      // After a failure nobody knows what state it is in.
      if (sound) {
        giveBack(sql);
      } else {
        sql.close();
      }
    }
  }

  private LakeSql current() throws IOException {
    for (LakeSql kept = taken(); kept != null; kept = taken()) {
      if (isCurrent(kept)) {
        return kept;
      }
    }
    return LakeSql.open(lake, size);
  }

  private boolean isCurrent(LakeSql kept) throws IOException {
    boolean current = false;
    try {
      current = kept.isCurrent(lake);
      return current;
    } finally {
      if (!current) {
        kept.close();
      }
    }
  }

  private synchronized @Nullable LakeSql taken() {
    return idle.poll();
  }

  private synchronized void giveBack(LakeSql sql) {
    if (answering.isShutdown()) {
      sql.close();
    } else {
      idle.push(sql);
    }
  }

  @Override
  public void close() {
    answering.shutdownNow();
    asked.forEach(LakeSql::interrupt);
    try {
      answering.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (LakeSql kept = taken(); kept != null; kept = taken()) {
      kept.close();
    }
  }

  private interface Question {
    ResultTable ask(LakeSql sql) throws IOException;
  }
}
