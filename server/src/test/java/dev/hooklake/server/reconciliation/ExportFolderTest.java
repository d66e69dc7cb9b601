package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportFolderTest {
  @TempDir private Path data;

  @Test
  void aFileIsCopiedForTheOwnersEyesOnlyAndTakenOnce() throws Exception {
    ExportFolder folder = ExportFolder.in(data);
    Path file = Files.writeString(data.resolve("mine.csv"), "a,b\n");
    String name = folder.add(file);
    Path copy = data.resolve("exports").resolve(name);
    assertThat(copy).hasContent("a,b\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    folder.take(name, "1");
    assertThat(folder.of("1")).hasContent("a,b\n");
    assertThat(file).exists();
    assertThatThrownBy(() -> folder.take(name, "2")).hasMessageContaining("put it there first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.csv", "job-1.csv", "link.csv", "", "x", "a/b.csv", "x.csv\0"})
  void onlyAFileThatWasPutThereIsTaken(String name) throws Exception {
    ExportFolder folder = ExportFolder.in(data);
    Path secret = Files.writeString(data.resolve("secret.csv"), "secret");
    folder.take(folder.add(secret), "1");
    Files.createSymbolicLink(data.resolve("exports").resolve("link.csv"), secret);
    assertThatThrownBy(() -> folder.take(name, "2")).isInstanceOf(IllegalArgumentException.class);
    assertThat(folder.of("1")).exists();
    assertThat(secret).exists();
  }

  @Test
  void aCopyThatBreaksOffIsDeleted() throws Exception {
    Path shorterThanTold = Path.of("/sys/devices/system/cpu/online");
    assumeThat(shorterThanTold).isRegularFile();
    ExportFolder folder = ExportFolder.in(data);
    assertThatThrownBy(() -> folder.add(shorterThanTold)).isInstanceOf(IOException.class);
    assertThat(data.resolve("exports")).isEmptyDirectory();
  }

  @Test
  void aDirectoryAmongTheFilesHindersNoErasureAndStays() throws Exception {
    ExportFolder folder = ExportFolder.in(data);
    folder.add(Files.writeString(data.resolve("mine.csv"), "a,b\n"));
    Path found = Files.createDirectories(data.resolve("exports").resolve("lost+found"));
    Files.createFile(found.resolve("inode"));
    Files.setLastModifiedTime(found, FileTime.from(Instant.EPOCH));
    folder.tidy(Set.of(), Instant.now());
    var ana = new Person(Set.of("ana@example.org"), Set.of(), Set.of(), Set.of(), Set.of());
    assertThat(folder.erase(ana, new PersonRows(Set.of(), Set.of()))).isEqualTo(1);
    try (var left = Files.list(data.resolve("exports"))) {
      assertThat(left).containsExactly(found);
    }
  }

  @Test
  void whereNoJobsRunFilesAreTidiedToo() throws Exception {
    ExportFolder folder = ExportFolder.in(data);
    folder.take(folder.add(Files.writeString(data.resolve("mine.csv"), "a,b\n")), "ended");
    try (OperationsDatabase database = OperationsDatabase.open(TestDatabase.SQLITE.empty(data));
        ExportTidying _ = ExportTidying.start(folder, database, InstantSource.system())) {
      Instant latest = Instant.now().plusSeconds(60);
      while (Files.exists(folder.of("ended"))) {
        assertThat(Instant.now()).isBefore(latest);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @Test
  void whatBelongsToNoOpenJobGoes() throws Exception {
    ExportFolder folder = ExportFolder.in(data);
    Path file = Files.writeString(data.resolve("mine.csv"), "a,b\n");
    folder.take(folder.add(file), "open");
    folder.take(folder.add(file), "ended");
    folder.begin("ended");
    Path fresh = data.resolve("exports").resolve(folder.add(file));
    Path old = data.resolve("exports").resolve(folder.add(file));
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(2))));
    folder.tidy(Set.of("open"), now);
    try (var left = Files.list(data.resolve("exports"))) {
      assertThat(left).containsExactlyInAnyOrder(folder.of("open"), fresh);
    }
  }
}
