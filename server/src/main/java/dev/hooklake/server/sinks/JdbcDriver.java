package dev.hooklake.server.sinks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Connects to a target: with a driver that comes with the program, or with one of a jar of its
/// own, whose classes meet no others.
final class JdbcDriver {
  private final JdbcTarget target;
  private final Driver driver;

  /// Finds the driver; an [IllegalArgumentException] says what is wrong with the jar.
  JdbcDriver(JdbcTarget target) {
    this.target = target;
    Path jar = target.driverJar();
    this.driver = jar == null ? ofTheProgram(target) : ofJar(target, jar);
  }

  Connection connect() throws SQLException {
    Connection connection = driver.connect(target.url(), properties());
    if (connection == null) {
      throw new SQLException("the driver does not take this URL after all", "08001");
    }
    return connection;
  }

  private Properties properties() {
    var properties = new Properties();
    if (target.user() != null) {
      properties.setProperty("user", target.user());
    }
    if (target.password() != null) {
      properties.setProperty("password", target.password());
    }
    return properties;
  }

  private static Driver ofTheProgram(JdbcTarget target) {
    try {
      return DriverManager.getDriver(target.url());
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "no driver of this program takes a url that begins with "
              + target.product()
              + "; give the jar of the database's own in driver-jar",
          e);
    }
  }

  private static Driver ofJar(JdbcTarget target, Path jar) {
    requireJar(jar);
    Driver found;
    try {
      found = taking(target.url(), ServiceLoader.load(Driver.class, loader(jar)));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "a driver of driver-jar "
              + jar
              + " cannot be loaded ("
              + e.getClass().getSimpleName()
              + "); give a jar that holds all it needs and was made for this Java",
          e);
    } catch (SQLException e) {
      throw new IllegalArgumentException("the driver of driver-jar does not read its url", e);
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "driver-jar "
              + jar
              + " holds no JDBC driver for a url that begins with "
              + target.product()
              + "; give the jar of the database's driver");
    }
    return found;
  }

  private static @Nullable Driver taking(String url, Iterable<Driver> drivers) throws SQLException {
    for (Driver driver : drivers) {
      if (driver.acceptsURL(url)) {
        return driver;
      }
    }
    return null;
  }

  /// A class loader would pass over what is none without a word.
  private static void requireJar(Path jar) {
    try {
      new JarFile(jar.toFile()).close();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "driver-jar " + jar + " is no jar that can be read; give the path of the driver's", e);
    }
  }

  /// Before the jar's own classes come the platform's only.
  private static ClassLoader loader(Path jar) {
    try {
      return new URLClassLoader(
          new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    } catch (IOException e) {
      throw new IllegalArgumentException("driver-jar has no usable path", e);
    }
  }
}
