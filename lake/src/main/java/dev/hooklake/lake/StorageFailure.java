package dev.hooklake.lake;

import io.delta.kernel.exceptions.KernelException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Says in a line why storage failed, without a value of any row.
///
/// Messages of Kernel's engine may quote the log, and the log holds smallest and largest values of
/// columns: only what storage itself said, or Kernel about the table, is passed on.
final class StorageFailure {
  private static final int CAUSES = 16;
  private static final int FRAMES = 12;

  private StorageFailure() {}

  static String describe(Throwable failure) {
    IOException fromStorage = fromStorage(failure);
    if (fromStorage != null) {
      return fromStorage.getClass().getSimpleName() + ": " + fromStorage.getMessage();
    }
    return failure instanceof KernelException || failure instanceof TableRefused
        ? String.valueOf(failure.getMessage())
        : failure.getClass().getSimpleName();
  }

  /// Where it happened, for the debug log: kinds and places, no messages.
  static String trace(Throwable failure) {
    var trace = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      trace.append(cause.getClass().getName()).append(" at ");
      trace.append(Arrays.stream(cause.getStackTrace()).limit(FRAMES).toList()).append("; ");
      cause = cause.getCause();
    }
    return trace.toString();
  }

  static IOException asIo(String attempted, RuntimeException failure) {
    return new IOException(attempted + " failed: " + describe(failure), fromStorage(failure));
  }

  /// The innermost one: it names the file.
  private static @Nullable IOException fromStorage(Throwable failure) {
    IOException found = null;
    Throwable cause = failure;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      if (cause instanceof IOException io && !isJson(io)) {
        found = io;
      }
      cause = cause.getCause();
    }
    return found;
  }

  /// Jackson's exceptions are IOExceptions too, and quote what they could not read.
  private static boolean isJson(IOException failure) {
    return failure.getClass().getName().contains("jackson");
  }
}
