package dev.hooklake.server.sinks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.PostgresServer;
import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarOutputStream;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.core.BaseConnection;

/// A driver from a jar on disk, and what is said when it is the wrong one.
class JdbcDriverTest {
  private static final String SERVICE = "META-INF/services/" + Driver.class.getName();
  private static final String POSTGRES = "jdbc:postgresql://127.0.0.1:1/none";

  @TempDir private Path folder;

  @Test
  void aDriversJarIsLoadedApartFromTheProgramsOwn() throws Exception {
    String url =
        "jdbc:postgresql://127.0.0.1:"
            + PostgresServer.newDatabaseUrl().replaceFirst("^.*@[^:]+:", "")
            + "?user=postgres&password=postgres";
    try (Connection connection =
            new JdbcDriver(target(url, jarOf(BaseConnection.class))).connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 41 + 1")) {
      result.next();
      assertThat(result.getInt(1)).isEqualTo(42);
      // Of the same name, and yet another class.
      assertThat(connection.getClass().getName()).startsWith("org.postgresql.");
      assertThat(connection).isNotInstanceOf(BaseConnection.class);
    }
  }

  @Test
  void aJarOfAnotherDatabaseIsTold() {
    assertThatThrownBy(() -> target(POSTGRES, jarOf(org.sqlite.JDBC.class)).withDriver())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no JDBC driver for a url that begins with jdbc:postgresql");
  }

  @Test
  void aFileThatIsNoJarIsToldAndSoIsOneThatIsNotThere() throws IOException {
    Path text = Files.writeString(folder.resolve("driver.jar"), "not a jar");
    for (Path wrong : new Path[] {text, folder.resolve("none.jar"), folder}) {
      assertThatThrownBy(() -> target(POSTGRES, wrong).withDriver())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong + " is no jar that can be read");
    }
  }

  @Test
  void aDriverThatIsNotInItsJarOrIsNoClassIsTold() throws IOException {
    Path missing = jar("missing.jar", Map.of(SERVICE, "org.example.NoSuchDriver"));
    assertThatThrownBy(() -> target(POSTGRES, missing).withDriver())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be loaded (ServiceConfigurationError)");
    Path broken =
        jar(
            "broken.jar",
            Map.of(SERVICE, "org.example.Broken", "org/example/Broken.class", "no class"));
    assertThatThrownBy(() -> target(POSTGRES, broken).withDriver())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be loaded (");
  }

  @Test
  void whatADriverSaysOfItsUrlIsNotRepeated() throws IOException {
    String file = Quoting.class.getName().replace('.', '/') + ".class";
    Path quoting;
    try (InputStream bytes = getClass().getClassLoader().getResourceAsStream(file)) {
      quoting =
          jar(
              "quoting.jar",
              Map.of(
                  SERVICE,
                  Quoting.class.getName(),
                  file,
                  new String(bytes.readAllBytes(), ISO_8859_1)));
    }

    assertThatThrownBy(() -> target("jdbc:quoting://u:hush@h/db", quoting).withDriver())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not read its url (IllegalStateException)")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  /// A driver that complains in full.
  public static final class Quoting implements Driver {
    @Override
    public boolean acceptsURL(String url) {
      throw new IllegalStateException("bad url " + url);
    }

    @Override
    public Connection connect(String url, Properties info) {
      throw new IllegalStateException("bad url " + url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  @Test
  void aDatabaseWhoseDriverIsNotInTheProgramNeedsAJar() {
    assertThatThrownBy(() -> target("jdbc:invented://u:secret@h/db", null).withDriver())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins with jdbc:invented; give the jar")
        .hasMessageNotContaining("secret");
  }

  private static JdbcTarget target(String url, Path jar) {
    return new JdbcTarget(url, null, null, "hooklake_events", jar, Upsert.ON_CONFLICT);
  }

  /// Where the build found a class.
  private static Path jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        var zip = new JarOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(ISO_8859_1));
      }
    }
    return jar;
  }
}
