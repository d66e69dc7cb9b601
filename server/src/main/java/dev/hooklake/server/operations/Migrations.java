package dev.hooklake.server.operations;

import java.util.HashMap;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings the tables to the version of this build, and refuses tables it does not know.
final class Migrations {

  private Migrations() {}

  static void run(Engine engine) {
    Properties properties = engine.properties();
    var jdbcProperties = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(n -> jdbcProperties.put(n, properties.getProperty(n)));
    Flyway flyway =
        Flyway.configure()
            .dataSource(
                engine.jdbcUrl(),
                properties.getProperty("user"),
                properties.getProperty("password"))
            .jdbcProperties(jdbcProperties)
            .locations("classpath:db/migration")
            .loggers("slf4j")
            .validateMigrationNaming(true)
            // None: tables of a newer build are an error, not something to work on blindly.
            .ignoreMigrationPatterns(new String[0])
            .load();
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new DatabaseUnusable(
          "the tables in the operations database "
              + engine.place()
              + " are not those of this build; run the version that made them, or restore the"
              + " backup from before it ("
              + e.getErrorCode()
              + ")",
          e);
    } catch (FlywayException e) {
      throw new DatabaseUnusable(
          "the tables in the operations database "
              + engine.place()
              + " cannot be brought up to date; it needs a database or schema of its own, and the"
              + " right to create tables ("
              + e.getErrorCode()
              + ")",
          e);
    }
  }
}
