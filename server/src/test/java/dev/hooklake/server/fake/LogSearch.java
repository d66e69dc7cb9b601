package dev.hooklake.server.fake;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/// Listens to every logger at its finest level, and keeps the lines that hold what none may.
public final class LogSearch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /// The fakes run in this program too, and what they log is theirs.
  private static final String SERVER_OF_THE_FAKES = "com.sun.net.httpserver";

  private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final List<String> needles;
  private final Queue<String> found = new ConcurrentLinkedQueue<>();
  private final AtomicLong lines = new AtomicLong();

  private LogSearch(List<String> needles) {
    this.needles = List.copyOf(needles);
  }

  public static LogSearch listening(List<String> needles) {
    var search = new LogSearch(needles);
    search.setContext(search.logs);
    search.start();
    search.logs.getLogger("ROOT").detachAndStopAllAppenders();
    search.logs.getLogger("ROOT").setLevel(Level.TRACE);
    search.logs.getLogger("ROOT").addAppender(search);
    return search;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(SERVER_OF_THE_FAKES)) {
      return;
    }
    lines.incrementAndGet();
    String line =
        event.getThreadName()
            + " "
            + event.getFormattedMessage()
            + (event.getThrowableProxy() == null
                ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    if (needles.stream().anyMatch(line::contains)) {
      found.add(event.getLoggerName() + ": " + line);
    }
  }

  public long lines() {
    return lines.get();
  }

  /// The lines that hold one of them.
  public List<String> found() {
    return List.copyOf(found);
  }

  @Override
  public void close() {
    logs.getLogger("ROOT").detachAppender(this);
    logs.getLogger("ROOT").setLevel(Level.OFF);
    stop();
  }
}
