package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hooklake.server.app.ServerProcess.Ended;
import dev.hooklake.server.fake.RawHttp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real faults on the real program: what docs/reference/failure-modes.md says of each.
@Timeout(300)
class FaultsIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final int RATE = 2_000;
  private static final int HEAP_MEBIBYTES = 128;

  @TempDir Path folder;
  private ServerProcess server;

  @BeforeEach
  void prepare() throws IOException {
    server = new ServerProcess(folder);
  }

  @AfterEach
  void endWhatStillRuns() throws InterruptedException {
    server.kill();
  }

  @Test
  void aSecondServerOnTheSameDirectoryRefusesAndTheFirstGoesOn() throws Exception {
    server.start();
    Ended second = server.run("serve");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output())
        .contains("the journal in " + server.journal() + " is in use; stop the other Hooklake");
    assertThat(readiness()).isEqualTo(200);
  }

  @Test
  void aDirectoryThatCannotBeWrittenRefusesTheStart() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(
        server.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    if (Files.isWritable(server.data())) {
      server.behind("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
    Ended refused = server.run("serve");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains(server.data().toString()).contains("cannot be written");
  }

  @Test
  void damageToTheNewestRecordStopsTheStartUntilTheJournalIsRepaired() throws Exception {
    server.start();
    Load load = new Load(server, RATE).start();
    load.awaitMore(500);
    load.stop();
    awaitLanded(load);
    server.kill();
    flipABitOfTheNewestRecord();

    Ended refused = server.run("serve");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("journal damaged", "was acknowledged and cannot be read")
        .contains("hooklake journal verify");
    Ended verified = server.run("journal", "verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(server.run("journal", "repair").exitCode()).isZero();

    server.start();
    Load after = new Load(server, RATE).start();
    after.awaitMore(500);
    after.stop();
    server.stop();
    load.check();
    after.check();
  }

  @Test
  void aLakeThatGoesAwayUnderLoadIsCaughtUpWith() throws Exception {
    server.start();
    Load load = new Load(server, RATE).start();
    server.await(() -> landed() > 0);
    Path away = server.data().resolve("lake-away");
    Files.move(server.lake(), away);
    server.await(() -> server.log().contains("Lake attempt 1 failed"));
    assertThat(server.run("query", "SELECT 1").exitCode()).isZero();
    assertThat(server.lake()).as("made by one who only reads").doesNotExist();
    Files.createDirectory(server.lake());
    server.await(() -> server.log().contains("is the lake's volume mounted?"));
    load.awaitMore(500);
    assertThat(readiness()).isEqualTo(200);
    Files.delete(server.lake()); // fails unless it is still empty
    Files.move(away, server.lake());
    server.await(() -> server.log().contains("The lake takes commits again"));
    load.awaitMore(500);
    load.stop();
    server.stop();
    load.check();
  }

  @Test
  void aLakeThatCannotBeWrittenUnderLoadIsCaughtUpWith() throws Exception {
    withoutTheRightsOfRoot();
    server.start();
    Load load = new Load(server, RATE).start();
    server.await(() -> landed() > 0);
    change(server.lake(), "a-w");
    server.await(() -> server.log().contains("Lake attempt 1 failed"));
    load.awaitMore(500);
    assertThat(readiness()).isEqualTo(200);
    change(server.lake(), "u+w");
    server.await(() -> server.log().contains("The lake takes commits again"));
    load.awaitMore(500);
    load.stop();
    server.stop();
    load.check();
  }

  /// Root may write whatever the rights say.
  private void withoutTheRightsOfRoot() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(server.data());
      Files.setPosixFilePermissions(server.data(), PosixFilePermissions.fromString("rwxrwxrwx"));
      server.behind("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
  }

  /// Files come and go meanwhile, which `chmod` reports and passes over.
  private static void change(Path tree, String rights) throws IOException, InterruptedException {
    new ProcessBuilder("chmod", "-R", rights, tree.toString()).start().waitFor();
  }

  @Test
  void sigtermAndCtrlCUnderLoadLoseNothing() throws Exception {
    server.start();
    Load load = new Load(server, RATE).start();
    load.awaitMore(1_000);
    assertThat(server.stop()).as("exit code after SIGTERM").isEqualTo(143);
    assertThat(server.log()).contains("Stopping", "Stopped");
    server.start();
    load.awaitMore(500);
    assertThat(server.interrupt()).as("exit code after Ctrl-C").isEqualTo(130);
    assertThat(server.log()).contains("Stopping", "Stopped");
    server.start();
    load.awaitMore(500);
    load.stop();
    server.stop();
    load.check();
  }

  @Test
  void aWriteThatFailsClosesTheJournalAndARestartRecoversIt() throws Exception {
    // In units of 1024 bytes: the segment fails to grow.
    server.behind("bash", "-c", "ulimit -f 4096; exec \"$0\" \"$@\"");
    server.start();
    Load load = new Load(server, 0).start();
    server.await(() -> readiness() == 503);
    assertThat(server.runs()).isTrue();
    assertThat(page("/readyz")).contains("the journal failed to write and closed itself");
    server.kill();

    server.unlimited().start();
    load.awaitMore(500);
    load.stop();
    server.stop();
    load.check();
  }

  @Test
  void aFullDiskIsSurvivedAlsoByARestartAndTheLakeMakesRoomAgain() throws Exception {
    assumeTrue(Mount.allowed(), "only root may mount a small disk");
    try (Mount disk = Mount.at(folder.resolve("disk"), "48m")) {
      server.on(disk.path().resolve("data")).withLakeAt(folder.resolve("lake"));
      Files.writeString(
          server.settings(), "journal:\n  limit: 256MiB\n", StandardOpenOption.APPEND);
      server.start();
      // What the journal frees must hold its reserve and the operations database's log, 4 MiB each.
      disk.leaveFree(12 * MEBIBYTE);
      Path away = folder.resolve("lake-away");
      Files.move(server.lake(), away);
      Files.writeString(server.lake(), "in the way, so that no start makes a new lake");
      Load load = new Load(server, RATE).start();
      server.await(() -> load.answered(503) > 100);
      assertThat(server.runs()).isTrue();
      server.await(() -> page("/readyz").contains("the journal is full"));

      server.kill();
      disk.leaveFree(0);
      server.start();
      long before = load.answered(503);
      server.await(() -> load.answered(503) > before + 100);
      server.await(() -> readiness() == 503);

      Files.delete(server.lake());
      Files.move(away, server.lake());
      server.await(() -> readiness() == 200);
      load.awaitMore(2_000);
      load.stop();
      server.stop();
      load.check();
    }
  }

  @Test
  void withoutFileHandlesNewConnectionsWaitWhileJournalAndLakeGoOn() throws Exception {
    server.behind("bash", "-c", "ulimit -n 600; exec \"$0\" \"$@\"");
    server.start();
    assertThat(server.log()).contains("connections instead of 8192");
    Load load = new Load(server, 500).start();
    load.awaitMore(200);
    List<RawHttp> idle = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      idle.add(new RawHttp(server.port()));
    }
    load.awaitMore(1_000);
    assertThat(server.runs()).isTrue();
    for (RawHttp connection : idle) {
      connection.close();
    }
    assertThat(readiness()).isEqualTo(200);
    load.stop();
    server.stop();
    load.check();
  }

  /// As many bodies under way as a setting allows, which the memory given does not.
  @Test
  void withoutMemoryTheProcessEnds() throws Exception {
    server =
        new ServerProcess(
            folder, Map.of("HOOKLAKE_JAVA_OPTS", "-Xms96m -Xmx" + HEAP_MEBIBYTES + "m -Xmn48m"));
    Files.writeString(
        server.settings(), "server:\n  max-in-flight-bytes: 1GiB\n", StandardOpenOption.APPEND);
    server.start();
    byte[] mebibyte = new byte[MEBIBYTE];
    List<RawHttp> held = new ArrayList<>();
    try {
      while (server.runs() && held.size() < HEAP_MEBIBYTES) {
        var client = new RawHttp(server.port());
        held.add(client);
        client.send(
            String.join(
                "\r\n",
                "POST /webhook/customerio HTTP/1.1",
                "Host: h",
                "X-CIO-Signature: 0",
                "X-CIO-Timestamp: 0",
                "Content-Length: 4194305",
                "",
                ""));
        for (int sent = 0; sent < 4; sent++) {
          client.send(mebibyte);
        }
      }
    } catch (SocketException e) {
      // It has ended.
    }
    assertThat(server.ended()).isEqualTo(3);
    assertThat(server.log()).contains("Terminating due to java.lang.OutOfMemoryError");
    for (RawHttp client : held) {
      client.close();
    }
  }

  private int readiness() {
    try (var client = new RawHttp(server.port())) {
      return client.send("GET /readyz HTTP/1.1\r\nHost: h\r\n\r\n").reply().status();
    } catch (IOException e) {
      return 0;
    }
  }

  private String page(String path) throws IOException {
    try (var client = new RawHttp(server.port())) {
      return client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").reply().body();
    }
  }

  private void awaitLanded(Load load) throws Exception {
    server.await(() -> landed() >= load.receipts());
  }

  private int landed() throws IOException {
    try {
      return LandedKeys.in(server.lake()).landing().size();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private void flipABitOfTheNewestRecord() throws IOException {
    try (Stream<Path> files = Files.list(server.journal());
        var file =
            new RandomAccessFile(
                files
                    .filter(path -> path.toString().endsWith(".segment"))
                    .max(Path::compareTo)
                    .orElseThrow()
                    .toFile(),
                "rw")) {
      // Behind the records there are only zeros.
      long at = file.length();
      int last = 0;
      while (last == 0) {
        file.seek(--at);
        last = file.read();
      }
      file.seek(at);
      file.write(last ^ 1);
    }
  }
}
