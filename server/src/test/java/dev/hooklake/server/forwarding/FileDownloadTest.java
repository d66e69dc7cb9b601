package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.forwarding.FileDownload.Limits;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileDownloadTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-09-20T10:00:00Z"));

  @TempDir private Path folder;
  private final FakeServer store =
      new FakeServer(1_000, Reply.text(429, ""), ask -> Reply.text(200, "a,b\n".repeat(50_000)));
  private Path to;

  @BeforeEach
  void make() throws Exception {
    to = Files.writeString(folder.resolve("file"), "what was there before");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theFileIsWrittenOverWhatWasThere() throws Exception {
    fetch(link(), 1 << 20, true);
    assertThat(to).hasContent("a,b\n".repeat(50_000));
  }

  @Test
  void aLongerFileIsBrokenOff() {
    assertThatThrownBy(() -> fetch(link(), 100_000, true))
        .hasMessageContaining("longer than the 100000 bytes");
  }

  /// Each of these is refused before the receiver on the loopback hears of it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/x",
        "https://127.0.0.1:%d/x",
        "https://localhost:%d/x",
        "https://2130706433:%d/x",
        "https://10.0.0.1:%d/x",
        "https://169.254.169.254:%d/x",
        "https://metadata@127.0.0.1:%d/x",
        "ftp://127.0.0.1:%d/x",
        "file:///etc/passwd?%d",
      })
  void noWayLeadsToThisMachineOrItsNetwork(String address) {
    URI link = URI.create(address.formatted(store.url().getPort()));
    assertThatThrownBy(() -> fetch(link, 1_000, false)).message().contains("its address is");
    assertThat(store.rate().total()).isZero();
  }

  /// Where the API itself is on this machine, as in the demo, its links may be too, and no others.
  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.1/x", "http://example.org/x", "https://192.168.1.1/x"})
  void alsoBesideAnApiOnThisMachineOtherAddressesAreRefused(String address) {
    assertThatThrownBy(() -> fetch(URI.create(address), 1_000, true))
        .message()
        .contains("its address is");
  }

  @Test
  void aRedirectOrAnErrorIsNoFileAndTheAddressIsNotTold() {
    store.next(
        new Fault.Answered(Reply.text(302, "").with("Location", store.url() + "/elsewhere")));
    assertThatThrownBy(() -> fetch(link(), 1_000, true)).hasMessage("it was answered 302");
    store.next(new Fault.Answered(Reply.text(403, "<Error>expired</Error>")));
    assertThatThrownBy(() -> fetch(link(), 1_000, true)).hasMessage("it was answered 403");
    assertThat(store.rate().total()).isEqualTo(2);
  }

  @Test
  void aFileThatEndsTooSoonIsNone() {
    store.next(new Fault.CutOff());
    assertThatThrownBy(() -> fetch(link(), 1 << 20, true))
        .hasMessageContaining("the connection failed");
  }

  private URI link() {
    return URI.create(store.url() + "/file?signature=x");
  }

  private void fetch(URI link, long bytes, boolean here) throws Exception {
    FileDownload.fetch(link, to, new Limits(bytes, Duration.ofMinutes(1), here), CLOCK);
  }
}
