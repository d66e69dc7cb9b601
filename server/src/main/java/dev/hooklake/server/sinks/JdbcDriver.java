package dev.hooklake.server.sinks;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Connects to a target: with a driver that comes with the program, or with one of a jar of its
/// own, whose classes meet no others.
final class JdbcDriver {
  private final JdbcTarget target;
  private final @Nullable ClassLoader loader;

  JdbcDriver(JdbcTarget target) {
    this.target = target;
    Path jar = target.driverJar();
    this.loader = jar == null ? null : loader(jar);
  }

  Connection connect() throws SQLException {
    return loader == null
        ? DriverManager.getConnection(target.url(), properties())
        : fromJar(loader);
  }

  private Connection fromJar(ClassLoader jar) throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class, jar)) {
      if (driver.acceptsURL(target.url())) {
        Connection connection = driver.connect(target.url(), properties());
        if (connection != null) {
          return connection;
        }
      }
    }
    throw new SQLException("no driver of its jar takes this URL", "08001");
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

  private static ClassLoader loader(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new IllegalArgumentException(
          "the driver's jar " + jar + " cannot be read; give its path in driver-jar");
    }
    try {
      // Before the program's own classes come the platform's only.
      return new URLClassLoader(
          new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the driver's jar has no usable path", e);
    }
  }
}
