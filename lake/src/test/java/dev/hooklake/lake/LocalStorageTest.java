package dev.hooklake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  @TempDir Path temporary;
  private Path root;
  private LocalStorage storage;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("lake"));
    storage =
        new LocalStorage(root, new WriterName(UUID.randomUUID(), UUID.randomUUID()), Map.of());
    storage.mkdirs("file:" + root.resolve("log"));
  }

  @Test
  void ofManyWritersOfOneNameExactlyOneWins() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.range(0, 32)
            .<Callable<Boolean>>mapToObj(i -> () -> put("0.json", "by " + i))
            .toList();
    int won = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        won += writer.get() ? 1 : 0;
      }
    }

    assertThat(won).isEqualTo(1);
    assertThat(names()).containsExactly("0.json");
  }

  @Test
  void whatIsThereAlreadyIsNotChanged() throws Exception {
    put("0.json", "first");

    assertThat(put("0.json", "second")).isFalse();

    assertThat(Files.readString(root.resolve("log/0.json"))).isEqualTo("first\n");
  }

  @Test
  void overwritingReplacesTheWholeFile() throws Exception {
    put("_last_checkpoint", "a long first version");

    storage.newOutputFile(path("_last_checkpoint")).writeAtomically(lines("short"), true);

    assertThat(Files.readString(root.resolve("log/_last_checkpoint"))).isEqualTo("short\n");
    assertThat(names()).containsExactly("_last_checkpoint");
  }

  @Test
  void linesThatEndInAnErrorLeaveNoFile() throws Exception {
    CloseableIterator<String> broken =
        lines("one", "two")
            .map(line -> {
              if (line.equals("two")) {
                throw new IllegalStateException("injected");
              }
              return line;
            });

    assertThatThrownBy(() -> storage.newOutputFile(path("0.json")).writeAtomically(broken, false))
        .isInstanceOf(IllegalStateException.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void aFileAppearsWithItsNameOnlyWhenItIsWhole() throws Exception {
    PositionOutputStream stream = storage.newOutputFile(path("c.parquet")).create(true);
    stream.write("whole".getBytes(UTF_8));
    assertThat(names()).doesNotContain("c.parquet");

    stream.close();

    assertThat(names()).containsExactly("c.parquet");
  }

  @Test
  void listingStartsAtANameAndIsSorted() throws Exception {
    for (String name : List.of("2.json", "0.json", "1.json", "_x")) {
      put(name, "");
    }

    try (CloseableIterator<FileStatus> files = storage.listFrom(path("1.json"))) {
      assertThat(files.toInMemoryList())
          .extracting(FileStatus::getPath)
          .containsExactly(path("1.json"), path("2.json"), path("_x"));
    }
  }

  @Test
  void aMissingFileIsReportedAsKernelExpects() {
    assertThatThrownBy(() -> storage.getFileStatus(path("no.json")))
        .isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> storage.listFrom("file:" + root.resolve("no/0.json")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void directoriesAreMadeBelowTheRootButNeverTheRoot() throws Exception {
    storage.mkdirs("file:" + root.resolve("a/b/c"));
    assertThat(root.resolve("a/b/c")).isDirectory();
    Files.move(root, temporary.resolve("gone"));

    assertThatThrownBy(() -> storage.mkdirs("file:" + root.resolve("d")))
        .hasMessageContaining("is its volume mounted?");
  }

  private boolean put(String name, String line) throws IOException {
    try {
      storage.newOutputFile(path(name)).writeAtomically(lines(line), false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private String path(String name) {
    return "file:" + root.resolve("log").resolve(name);
  }

  private static CloseableIterator<String> lines(String... lines) {
    return Utils.toCloseableIterator(List.of(lines).iterator());
  }

  private List<String> names() throws IOException {
    var names = new ArrayList<String>();
    try (Stream<Path> files = Files.list(root.resolve("log"))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }
}
