package dev.hooklake.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.server.pipeline.EventCodec;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChunkedBodiesTest {
  private static final String HEAD =
      "POST /hook HTTP/1.1\r\nHost: h\r\n"
          + PlainSource.SIGNATURE
          + ": good\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private IntakeServer server;
  private RawHttp client;

  @BeforeEach
  void start() throws IOException {
    server = PlainIntake.open(IntakeServerTest.settings(16, 1 << 20), journal, clock);
    client = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aChunkedBodyOverTheLimitIsAnswered413() throws IOException {
    String chunk = Integer.toHexString(60_000) + "\r\n" + "z".repeat(60_000) + "\r\n";
    Reply reply = client.send(HEAD + chunk + chunk + "0\r\n\r\n").reply();

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void aChunkThatSaysItIsEndlessIsAnswered413AtTheLimit() throws IOException {
    Reply reply = client.send(HEAD + "7fffffff\r\n" + "z".repeat(1 << 20)).reply();

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void theLineBeforeAChunkIsNotReadForever() throws IOException {
    Reply reply = client.send(HEAD + "2;" + "e".repeat(1_000)).reply();

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void aChunkIsReadWholeHoweverItIsCut() throws IOException {
    String body = "0123456789abcdef".repeat(5_000);
    client.send(HEAD + "13880\r\n" + body.substring(0, 17_000));
    client.send(body.substring(17_000) + "\r");

    assertThat(client.send("\n0\r\n\r\n").reply().status()).isEqualTo(200);
    assertThat(EventCodec.decode(journal.records().getFirst().payload()).eventKey())
        .isEqualTo(body);
  }

  @Test
  void aChunkedBodyIsReadWhole() throws IOException {
    Reply reply = client.send(HEAD + "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n").reply();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(EventCodec.decode(journal.records().getFirst().payload()).eventKey())
        .isEqualTo("abc");
  }
}
