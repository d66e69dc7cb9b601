package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bodies as large as they may be, several at once, and the real program on the memory it is
/// shipped with.
@Timeout(300)
class LargeBodiesIT {
  private static final int BODIES = 10;
  private static final int AT_ONCE = 4;

  /// A little below the limit of 5 MiB.
  private static final int CHARACTERS = 5_200_000;

  private final CustomerIoSigner signer = new CustomerIoSigner(Secret.of(ServerProcess.SECRET));
  @TempDir Path folder;
  private ServerProcess server;

  @AfterEach
  void endWhatStillRuns() throws InterruptedException {
    server.kill();
  }

  @Test
  void whatTheLakeCouldNotTakeForAWhileIsLandedInTheMemoryThereIs() throws Exception {
    server = new ServerProcess(folder);
    Files.writeString(server.settings(), "  retry-max: 1s\n", StandardOpenOption.APPEND);
    Files.createDirectories(server.data());
    Files.writeString(server.lake(), "in the way, so that nothing lands");
    server.start();
    sendAll();

    Files.delete(server.lake());
    Files.createDirectory(server.lake());
    server.await(() -> DeltaLog.files(server.lake().resolve("webhook_landing")).size() > 0);
    assertThat(server.stop()).isIn(0, 143);

    LandedKeys keys = LandedKeys.in(server.lake());
    assertThat(keys.landing()).hasSize(BODIES).doesNotHaveDuplicates();
    assertThat(keys.derived()).containsExactlyInAnyOrderElementsOf(keys.landing());
  }

  private void sendAll() throws Exception {
    String text = text();
    var deliveries = new ArrayList<Callable<Integer>>();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < BODIES; i++) {
        String key = "large-" + i;
        String content = text.substring(i) + text.substring(0, i);
        deliveries.add(() -> send(client, key, content));
      }
      for (Future<Integer> answer : senders.invokeAll(deliveries)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  /// Hard to compress. Its last character makes a `String` take two bytes for each.
  private static String text() {
    var random = new SplittableRandom(1);
    var text = new StringBuilder(CHARACTERS);
    while (text.length() < CHARACTERS - 1) {
      text.append((char) random.nextInt('a', 'z' + 1));
    }
    return text.append('ж').toString();
  }

  private int send(HttpClient client, String key, String content) throws Exception {
    Payload body =
        Payload.of(
            """
            {"event_id":"%s","object_type":"email","metric":"sent","timestamp":1793188800,\
            "data":{"customer_id":"u-1","delivery_id":"%s","recipient":"a@example.com",\
            "content":"%s"}}\
            """
                .formatted(key, key, content));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.customerIo().url())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.unsafeBytes()));
    Headers signed = signer.sign(body, Instant.now());
    signed.values().forEach((name, values) -> request.header(name, values.getFirst()));
    int status;
    do {
      status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } while (status == 503); // more at once than are taken: sent again, as a provider does
    return status;
  }
}
