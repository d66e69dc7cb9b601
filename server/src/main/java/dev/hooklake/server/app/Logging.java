package dev.hooklake.server.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.hooklake.server.app.settings.LogSettings;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Sets the log up: to standard error, for standard output belongs to results.
final class Logging {
  private static final String PATTERN =
      "%date{ISO8601, UTC}Z %-5level %logger{0} - %message%n%xThrowable{12}";

  /// Libraries that talk at length: their warnings are enough, whatever our own level is.
  private static final Map<String, Level> QUIETER =
      Map.of(
          "io.helidon", Level.WARN,
          // What is wrong with a database is told by our own code, without user names.
          "com.zaxxer.hikari", Level.ERROR,
          "org.flywaydb", Level.WARN,
          "io.delta", Level.ERROR,
          "org.apache.hadoop", Level.ERROR,
          // It would log what is forwarded, and to which URL.
          "org.apache.hc", Level.WARN,
          // It would log the headers of requests, so who we are to BigQuery.
          "sun.net.www.protocol.http", Level.WARN,
          "org.apache.parquet", Level.WARN);

  private Logging() {}

  static void configure(LogSettings settings) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Encoder<ILoggingEvent> encoder = settings.json() ? json(context) : text(context);
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger("ROOT").addAppender(console);
    context.getLogger("ROOT").setLevel(level(settings.level()));
    QUIETER.forEach((name, level) -> context.getLogger(name).setLevel(level));
  }

  private static Level level(String name) {
    return Level.toLevel(name.equals("warning") ? "warn" : name, Level.INFO);
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
