package dev.hooklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.MetadataChangedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class TableOutcomeTest {

  @Test
  void aFasterWriterIsAConflict() {
    assertThat(TableOutcome.of(lastRetry(new CommitFailedException(true, true, "taken"))))
        .isInstanceOf(TableOutcome.Conflict.class);
    assertThat(TableOutcome.of(new MetadataChangedException()))
        .isInstanceOf(TableOutcome.Conflict.class);
  }

  @Test
  void aFailedWriteOfTheCommitMayHaveHappened() {
    var failed = new CommitFailedException(true, false, "I/O", new IOException("timed out"));

    assertThat(TableOutcome.of(lastRetry(failed)))
        .isEqualTo(new TableOutcome.Unknown("IOException: timed out"));
  }

  @Test
  void anythingWeDoNotKnowMayHaveHappened() {
    assertThat(TableOutcome.of(new IllegalStateException("surprise")))
        .isEqualTo(new TableOutcome.Unknown("IllegalStateException"));
    assertThat(TableOutcome.of(new UncheckedIOException(new IOException("disk"))))
        .isEqualTo(new TableOutcome.Unknown("IOException: disk"));
  }

  @Test
  void whatKernelSaysOfTheTableIsARejection() {
    assertThat(TableOutcome.of(new KernelException("unsupported feature x")))
        .isEqualTo(new TableOutcome.Rejected("unsupported feature x"));
    assertThat(TableOutcome.of(new TableRefused("no"))).isEqualTo(new TableOutcome.Rejected("no"));
  }

  @Test
  void aLineOfTheLogIsNeverRepeated() {
    var quoting =
        new KernelEngineException(
            "read",
            new IllegalStateException("Could not parse JSON: {\"email\":\"p@example.com\"}"));

    assertThat(TableOutcome.of(quoting))
        .isEqualTo(new TableOutcome.Unknown("KernelEngineException"));
    assertThat(StorageFailure.asIo("reading", quoting))
        .hasMessage("reading failed: KernelEngineException")
        .hasNoCause();
  }

  private static Exception lastRetry(CommitFailedException failed) {
    return new MaxCommitRetryLimitReachedException(1, 0, failed);
  }
}
