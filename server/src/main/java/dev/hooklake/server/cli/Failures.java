package dev.hooklake.server.cli;

import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.DatabaseUnusable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Says in a line what went wrong; only our own bugs show where.
final class Failures implements IExecutionExceptionHandler {
  private static final int FAILED = 1;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    switch (failure) {
      case CommandFailure known -> err.println("hooklake: " + known.getMessage());
      case SqlFailure known -> err.println("hooklake: " + known.getMessage());
      case DatabaseUnusable known -> err.println("hooklake: " + known.getMessage());
      case DatabaseAway known -> err.println("hooklake: " + known.getMessage());
      case AdminClient.NoServer known -> err.println("hooklake: " + known.getMessage());
      case IOException known -> err.println("hooklake: " + named(known));
      case UncheckedIOException known -> err.println("hooklake: " + named(known));
      default -> failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof CommandFailure known ? known.exitCode() : FAILED;
  }

  /// Many I/O exceptions hold nothing but a file's name.
  private static String named(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
