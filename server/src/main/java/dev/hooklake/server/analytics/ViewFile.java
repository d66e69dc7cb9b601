package dev.hooklake.server.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file of `views/`: lines `-- key: value`, then SQL.
///
/// | key      | value                                                            | how often |
/// |----------|------------------------------------------------------------------|-----------|
/// | name     | name of the view, which is the file's                            | once      |
/// | kind     | report: for people; base: for other views; fragment: see below   | once      |
/// | title    | a few words                                                      | once      |
/// | question | what it answers                                                  | once      |
/// | note     | what holds for the whole view                                    | any       |
/// | column   | name, two blanks, meaning                                        | each      |
/// | columns  | a fragment whose columns stand here                              | any       |
/// | uses     | the views it reads, with commas                                  | once      |
///
/// `${fragment}` in the SQL is replaced by the fragment's, so that a definition stands in one
/// place.
final class ViewFile {
  private static final Pattern HEADER = Pattern.compile("-- ([a-z]+): (.*)");
  private static final Pattern INCLUDE = Pattern.compile("\\$\\{([a-z_]+)}");

  private final String name;
  private final List<Line> header;
  private final String sql;

  private ViewFile(String name, List<Line> header, String sql) {
    this.name = name;
    this.header = header;
    this.sql = sql;
  }

  static ViewFile read(String name) {
    try (InputStream file = ViewFile.class.getResourceAsStream("views/" + name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("there is no view " + name);
      }
      return parse(name, new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the view " + name, e);
    }
  }

  private static ViewFile parse(String name, String text) {
    List<Line> header = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = HEADER.matcher(line);
      if (matcher.matches()) {
        header.add(new Line(matcher.group(1), matcher.group(2)));
      } else {
        sql.add(line);
      }
    }
    return new ViewFile(name, header, String.join("\n", sql).strip());
  }

  /// The SQL as it stands.
  String select() {
    return sql;
  }

  /// What each column means.
  List<ViewDefinition.Column> columns() {
    return header.stream().flatMap(ViewFile::columns).toList();
  }

  ViewDefinition definition() {
    return new ViewDefinition(
        name,
        only("title"),
        only("question"),
        all("note").toList(),
        columns(),
        all("uses").flatMap(names -> Stream.of(names.split(", "))).toList(),
        INCLUDE
            .matcher(sql)
            .replaceAll(found -> Matcher.quoteReplacement(read(found.group(1)).sql)));
  }

  private static Stream<ViewDefinition.Column> columns(Line line) {
    return switch (line.key()) {
      case "column" -> {
        String[] parts = line.value().split("  ", 2);
        yield Stream.of(new ViewDefinition.Column(parts[0], parts[1]));
      }
      case "columns" -> read(line.value()).header.stream().flatMap(ViewFile::columns);
      default -> Stream.empty();
    };
  }

  private String only(String key) {
    return all(key)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("view " + name + " has no " + key));
  }

  private Stream<String> all(String key) {
    return header.stream().filter(line -> line.key().equals(key)).map(Line::value);
  }

  private record Line(String key, String value) {}
}
