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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects to a target: with a driver that comes with the program, or with one of a jar of its
/// own, whose classes meet no others.
final class JdbcDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDriver.class);

  private final JdbcTarget target;
  private final @Nullable URLClassLoader classes;
  private final Driver driver;

  /// Finds the driver; an [IllegalArgumentException] says what is wrong with the jar.
  JdbcDriver(JdbcTarget target) {
    this.target = target;
    Path jar = target.driverJar();
    this.classes = jar == null ? null : loader(jar);
    try {
      this.driver = classes == null ? ofTheProgram(target) : ofJar(target, classes);
    } catch (IllegalArgumentException e) {
      close(classes);
      throw e;
    }
  }

  /// Its connections must be closed before.
  @Override
  public void close() {
    close(classes);
  }

  private static void close(@Nullable URLClassLoader classes) {
    try {
      if (classes != null) {
        classes.close();
      }
    } catch (IOException e) {
      LOG.debug("A driver's jar could not be closed: {}", e.getClass().getSimpleName());
    }
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
    } catch (RuntimeException e) {
      throw unread("this program", e);
    }
  }

  private static Driver ofJar(JdbcTarget target, ClassLoader classes) {
    Path jar = target.driverJar();
    Driver found;
    try {
      found = taking(target.url(), ServiceLoader.load(Driver.class, classes));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "a driver of driver-jar "
              + jar
              + " cannot be loaded ("
              + e.getClass().getSimpleName()
              + "); give a jar that holds all it needs and was made for this Java",
          e);
    } catch (SQLException | RuntimeException e) {
      throw unread("driver-jar", e);
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

  /// Without the driver's words, which may quote a password.
  private static IllegalArgumentException unread(String place, Exception e) {
    return new IllegalArgumentException(
        "the driver of " + place + " does not read its url (" + e.getClass().getSimpleName() + ")");
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
  private static URLClassLoader loader(Path jar) {
    requireJar(jar);
    try {
      return new URLClassLoader(
          new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    } catch (IOException e) {
      throw new IllegalArgumentException("driver-jar has no usable path", e);
    }
  }
}
