package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.tracking.ErrorCodes.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorCodesTest {
  private static final Meaning UNREACHABLE =
      new Meaning("temporary recipient", "handset unreachable (off, out of range)");

  @TempDir Path directory;

  @Test
  void theShippedTableKnowsTheCodesOfTwilioAndTheBouncesOfResend() {
    ErrorCodes codes = ErrorCodes.shipped();

    assertThat(codes.meaning("twilio", "30003")).contains(UNREACHABLE);
    assertThat(codes.meaning("resend", "Transient/MailboxFull"))
        .contains(new Meaning("temporary recipient", "the mailbox is full"));
  }

  @Test
  void aSecondSourceOfAProviderSharesItsCodes() {
    assertThat(ErrorCodes.shipped().meaning("twilio-eu", "30003")).contains(UNREACHABLE);
  }

  @Test
  void aFinerCodeWithoutARowMeansWhatTheCoarseOneDoes() {
    assertThat(ErrorCodes.shipped().meaning("resend", "Permanent/Other"))
        .isEqualTo(ErrorCodes.shipped().meaning("resend", "Permanent"))
        .isPresent();
  }

  @Test
  void unknownCodesHaveNoMeaning() {
    assertThat(ErrorCodes.shipped().meaning("twilio", "1")).isEmpty();
    assertThat(ErrorCodes.shipped().meaning("other", "30003")).isEmpty();
  }

  @Test
  void aFileOfOnesOwnReplacesTheTable() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("codes.csv"), "# ours\n\nacme, 7, content, too long, by far\n");

    ErrorCodes codes = ErrorCodes.read(file);

    assertThat(codes.meaning("acme", "7")).contains(new Meaning("content", "too long, by far"));
    assertThat(codes.meaning("twilio", "30003")).isEmpty();
  }

  @Test
  void aLineThatLacksAFieldIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("codes.csv"), "# ours\nacme,7,content\n");

    assertThatThrownBy(() -> ErrorCodes.read(file)).hasMessageContaining("codes.csv line 2");
  }
}
