package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
  private static final String STATUS =
      """
      {"obstacle": null, "journal": {}, "lake": {"lastError": null}, "consumers": [],
       "balance": {"accepted": 3, "landed": 1000, "inJournal": 1, "unaccounted": %d}}
      """;

  @Test
  void whatIsNotAccountedForIsSaidAndNotInOrder() throws Exception {
    JsonNode status = new ObjectMapper().readTree(STATUS.formatted(-998));

    assertThat(printed(status))
        .contains(
            "3 accepted = 1,000 landed + 1 in the journal: WRONG, -998 are not accounted for");
    assertThat(StatusText.inOrder(status)).isFalse();
  }

  @Test
  void aBalanceThatHoldsIsNoMoreThanASum() throws Exception {
    JsonNode status = new ObjectMapper().readTree(STATUS.formatted(0));

    assertThat(printed(status).lines()).anyMatch(line -> line.endsWith("1 in the journal"));
    assertThat(StatusText.inOrder(status)).isTrue();
  }

  @Test
  void aJournalThatCannotTidyUpIsSaidAndNotInOrder() throws Exception {
    String status = STATUS.replace("{}", "{\"lastError\": \"denied\"}");
    JsonNode read = new ObjectMapper().readTree(status.formatted(0));

    assertThat(printed(read)).contains("cannot tidy up: denied");
    assertThat(StatusText.inOrder(read)).isFalse();
  }

  private static String printed(JsonNode status) {
    var out = new StringWriter();
    new StatusText(status, new PrintWriter(out, true)).print();
    return out.toString();
  }
}
