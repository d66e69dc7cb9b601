package dev.hooklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundTest {
  private static final Path THIS_THREAD = Path.of("/proc/thread-self/stat");

  /// By proc(5) the 19th, counted from behind the name, which may hold anything.
  private static int niceness() throws IOException {
    String stat = Files.readString(THIS_THREAD);
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(behindName[16]);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itsThreadAloneGivesWay() throws Exception {
    int before = niceness();
    var meanwhile = new AtomicInteger();
    Background.run(() -> meanwhile.set(niceness()));
    assertThat(meanwhile).hasValue(Math.min(before + 10, 19));
    assertThat(niceness()).isEqualTo(before);
  }

  @Test
  void itFailsAsTheWorkFailed() {
    assertThatThrownBy(() ->
            Background.run(() -> {
              throw new IOException("no room");
            }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no room");
    assertThatThrownBy(() ->
            Background.run(() -> {
              throw new TableRefused("not ours");
            }))
        .isInstanceOf(TableRefused.class);
  }
}
