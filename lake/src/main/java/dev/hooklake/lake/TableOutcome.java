package dev.hooklake.lake;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import org.jspecify.annotations.Nullable;

/// What one attempt to commit to one table came to.
///
/// | outcome   | may the rows be in the table?  | next step                                   |
/// |-----------|--------------------------------|---------------------------------------------|
/// | Committed | yes                            | done                                        |
/// | Conflict  | no, another writer was faster  | load the table anew, try on top of that     |
/// | Unknown   | perhaps                        | load it anew; its transaction id tells      |
/// | Rejected  | no, and trying cannot help     | stop and say what to mend                   |
sealed interface TableOutcome {
  record Committed() implements TableOutcome {}

  record Conflict(String reason) implements TableOutcome {}

  record Unknown(String reason) implements TableOutcome {}

  record Rejected(String reason) implements TableOutcome {}

  /// Why not; empty when it is in.
  default String reason() {
    return switch (this) {
      case Committed _ -> "";
      case Conflict(String reason) -> reason;
      case Unknown(String reason) -> reason;
      case Rejected(String reason) -> reason;
    };
  }

  /// The one place where an exception is judged.
  static TableOutcome of(Exception failure) {
    return switch (failure) {
      case MaxCommitRetryLimitReachedException e when !isConflict(e.getCause()) -> unknown(e);
      case MaxCommitRetryLimitReachedException _, ConcurrentWriteException _ ->
          new Conflict("another writer was faster, every time");
      case TableRefused e -> new Rejected(StorageFailure.describe(e));
      case KernelException e -> new Rejected(StorageFailure.describe(e));
      default -> unknown(failure);
    };
  }

  private static TableOutcome unknown(Exception failure) {
    return new Unknown(StorageFailure.describe(failure));
  }

  private static boolean isConflict(@Nullable Throwable cause) {
    return cause instanceof CommitFailedException failed && failed.isConflict();
  }
}
