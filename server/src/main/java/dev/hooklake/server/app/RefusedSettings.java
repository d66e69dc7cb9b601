package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.SettingsRefused;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Prints what is wrong with the settings, and leaves other failures to the next handler.
record RefusedSettings(@Nullable IExecutionExceptionHandler next)
    implements IExecutionExceptionHandler {

  /// The code that mail systems made usual for a wrong configuration.
  static final int EXIT_CODE = 78;

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
      throws Exception {
    if (failure instanceof SettingsRefused refused) {
      command.getErr().println("hooklake: " + refused.getMessage());
      return EXIT_CODE;
    }
    if (next != null) {
      return next.handleExecutionException(failure, command, arguments);
    }
    command.getErr().println("hooklake: " + described(failure));
    return 1;
  }

  private static String described(Exception failure) {
    return failure instanceof IOException
        ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
        : failure.toString();
  }
}
