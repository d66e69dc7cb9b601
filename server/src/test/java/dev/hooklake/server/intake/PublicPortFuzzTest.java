package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.fake.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Any bytes at all on a connection are answered or cut off; a neighbour is served as before, and
/// the journal has what was acknowledged and nothing else. `JAZZER_FUZZ=1 mvn ...
/// -Djazzer.hooks=true -Dtest=PublicPortFuzzTest#NAME` searches for more than the kept inputs.
class PublicPortFuzzTest {
  private static final String HEAD =
      "POST /hook HTTP/1.1\r\nHost: h\r\n" + PlainSource.SIGNATURE + ": good\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
  private static final Pattern STORED = Pattern.compile("\\{\"stored\": ([0-9]+), \"dup");

  /// What is asked for and not spoken here may be called so; lines that are no request may be 503.
  private static final Set<Integer> NOT_SPOKEN = Set.of(501, 503, 505);

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private IntakeServer server;
  private RawHttp neighbour;
  private int neighbours;

  @BeforeEach
  void start() throws IOException {
    server = PlainIntake.open(IntakeSettings.defaults("127.0.0.1", 0), journal, clock);
    neighbour = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    neighbour.close();
    server.close();
  }

  @FuzzTest
  void anyBytesAreAnsweredOrCutOff(byte[] bytes) throws IOException {
    int before = journal.records().size();
    String answer = answerTo(bytes);
    assertThat(statuses(answer)).allMatch(status -> status < 500 || NOT_SPOKEN.contains(status));
    assertThat(journal.records()).hasSize(before + stored(answer));
    neighbourIsServed();
  }

  @FuzzTest
  void aBodyInChunksIsTakenExactlyWhenItFollowsTheRules(byte[] chunks) throws IOException {
    String head = HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    String answer = answerTo((head + new String(chunks, ISO_8859_1)).getBytes(ISO_8859_1));
    boolean followsTheRules = isChunked(new String(chunks, ISO_8859_1));
    assertThat(statuses(answer).stream().limit(1).toList())
        .isIn(followsTheRules ? List.of(List.of(200)) : List.of(List.of(), List.of(400)));
    neighbourIsServed();
  }

  /// Slowly: a length, a line's end, so many bytes, a line's end; the last has none.
  private static boolean isChunked(String text) {
    Matcher length = Pattern.compile("([0-9a-fA-F]{1,15})\r\n").matcher(text);
    int at = 0;
    while (length.find(at) && length.start() == at) {
      long bytes = Long.parseLong(length.group(1), 16);
      if (bytes > text.length() - length.end()) {
        return false;
      }
      at = length.end() + (int) bytes;
      if (!text.startsWith("\r\n", at)) {
        return false;
      }
      if (bytes == 0) {
        return true;
      }
      at += 2;
    }
    return false;
  }

  private String answerTo(byte[] bytes) throws IOException {
    BugDetectors.allowNetworkConnections();
    try (var sender = new RawHttp(server.port())) {
      sender.send(bytes).endOutput();
      return sender.untilClosed();
    }
  }

  private void neighbourIsServed() throws IOException {
    int before = journal.records().size();
    String body = "neighbour " + neighbours++;
    neighbour.send(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    assertThat(neighbour.reply().status()).isEqualTo(200);
    assertThat(journal.records()).hasSize(before + 1);
  }

  private static List<Integer> statuses(String answers) {
    return STATUS
        .matcher(answers)
        .results()
        .map(status -> Integer.valueOf(status.group(1)))
        .collect(Collectors.toList());
  }

  private static int stored(String answers) {
    return STORED
        .matcher(answers)
        .results()
        .mapToInt(stored -> Integer.parseInt(stored.group(1)))
        .sum();
  }
}
