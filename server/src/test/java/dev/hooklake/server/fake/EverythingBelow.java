package dev.hooklake.server.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Searches every file below a directory: its bytes, and of Parquet files, whose pages are
/// compressed, also every value, whether or not a table still refers to the file.
public record EverythingBelow(Path directory) {
  private static final int ATTEMPTS = 10;

  /// Files in which one of the words stands, in any case. Whoever works in the directory meanwhile
  /// may give a file another name, or not have finished it: then all is searched again.
  public List<String> holding(List<String> words) throws IOException, SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return search(words);
      } catch (NoSuchFileException | UncheckedIOException | SQLException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<String> search(List<String> words) throws IOException, SQLException {
    var found = new ArrayList<String>();
    try (Stream<Path> tree = Files.walk(directory);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        boolean parquet = file.toString().endsWith(".parquet");
        if (holds(text, words) || (parquet && holds(values(duckdb, file), words))) {
          found.add(directory.relativize(file).toString());
        }
      }
    }
    return found;
  }

  private static boolean holds(String text, List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
  }

  private static String values(Connection duckdb, Path parquet) throws SQLException {
    var values = new StringBuilder();
    try (Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM read_parquet('" + parquet + "')")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.append(rows.getString(i)).append('\n');
        }
      }
    }
    return values.toString();
  }
}
