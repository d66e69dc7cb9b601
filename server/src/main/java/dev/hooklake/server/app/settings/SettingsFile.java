package dev.hooklake.server.app.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Reads a YAML file into flat lines: `server: {port: 8080}` is `server.port` with the value 8080.
final class SettingsFile {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String fileName;
  private final List<Problem> problems;
  private final List<SettingLine> lines = new ArrayList<>();
  private final Deque<String> above = new ArrayDeque<>();
  private String name = "";
  private boolean empty;

  private SettingsFile(String fileName, List<Problem> problems) {
    this.fileName = fileName;
    this.problems = problems;
  }

  static List<SettingLine> read(String fileName, String text, List<Problem> problems) {
    var file = new SettingsFile(fileName, problems);
    try (JsonParser parser = YAML.createParser(text)) {
      file.read(parser);
    } catch (JacksonException e) {
      // The message of the parser may quote the file, which may hold secrets.
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      String reason =
          String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
              ? "a name stands here for the second time"
              : "this is not YAML that can be read";
      problems.add(
          new Problem(
              fileName + " line " + line,
              reason,
              "check the indentation, and quote values that hold ': ' or ' #'"));
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can always be read", e);
    }
    return file.lines;
  }

  private void read(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && token != JsonToken.START_OBJECT) {
      refuse(parser, "the file does not begin with a name", "write lines such as 'data: ./data'");
      return;
    }
    while ((token = parser.nextToken()) != null) {
      switch (token) {
        case FIELD_NAME -> name = parser.currentName();
        case START_OBJECT -> {
          above.addLast(name);
          empty = true;
        }
        case END_OBJECT -> close(parser);
        case START_ARRAY -> list(parser);
        default -> add(value(parser), line(parser));
      }
    }
  }

  private void list(JsonParser parser) throws IOException {
    int line = line(parser);
    var values = new ArrayList<String>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token == null || token.isStructStart()) {
        refuse(
            parser,
            String.join(".", path()) + " is a list of lists or maps",
            "give a list of plain values");
        parser.skipChildren();
      } else {
        values.addAll(value(parser));
      }
    }
    add(values, line);
  }

  /// A map with nothing in it counts as a name with nothing after it.
  private void close(JsonParser parser) {
    String closed = above.pollLast();
    if (empty && closed != null) {
      name = closed;
      add(List.of(), line(parser));
    }
    empty = false;
  }

  private void add(List<String> values, int line) {
    lines.add(new SettingLine(path(), values, line));
    empty = false;
  }

  private List<String> path() {
    var path = new ArrayList<String>(above);
    path.add(name);
    return path;
  }

  private static List<String> value(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? List.of()
        : List.of(parser.getText().strip());
  }

  private void refuse(JsonParser parser, String reason, String remedy) {
    problems.add(new Problem(fileName + " line " + line(parser), reason, remedy));
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
