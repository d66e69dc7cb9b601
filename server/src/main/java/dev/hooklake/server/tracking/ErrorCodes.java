package dev.hooklake.server.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What providers' error codes mean. A file, because providers change them and advise against
/// building them into programs: one code a line, `source,code,class,meaning`; `#` starts a comment.
///
/// The rows of source `twilio` also serve sources named `twilio-...`; a code `Permanent/NoEmail`
/// without a row of its own has the meaning of `Permanent`.
public final class ErrorCodes {
  private static final String SHIPPED = "error-codes.csv";

  private final Map<String, Meaning> meanings;

  private ErrorCodes(Map<String, Meaning> meanings) {
    this.meanings = Map.copyOf(meanings);
  }

  /// What a code means.
  ///
  /// @param kind for example `opt-out` or `capacity`: what to do about it
  public record Meaning(String kind, String text) {}

  /// The table that comes with the program.
  public static ErrorCodes shipped() {
    try (InputStream file = ErrorCodes.class.getResourceAsStream(SHIPPED)) {
      byte[] bytes = Objects.requireNonNull(file, SHIPPED).readAllBytes();
      return parse(SHIPPED, new String(bytes, UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + SHIPPED + " cannot be read", e);
    }
  }

  /// A table to use instead.
  public static ErrorCodes read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllLines(file, UTF_8));
  }

  public Optional<Meaning> meaning(String source, String code) {
    String provider = upTo('-', source);
    return Optional.ofNullable(meanings.get(provider + "," + code))
        .or(() -> Optional.ofNullable(meanings.get(provider + "," + upTo('/', code))));
  }

  private static ErrorCodes parse(String file, List<String> lines) {
    var meanings = new HashMap<String, Meaning>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split(",", 4);
      if (fields.length < 4) {
        throw new IllegalArgumentException(
            file + " line " + (i + 1) + " is not source,code,class,meaning");
      }
      meanings.put(
          fields[0].strip() + "," + fields[1].strip(),
          new Meaning(fields[2].strip(), fields[3].strip()));
    }
    return new ErrorCodes(meanings);
  }

  private static String upTo(char end, String text) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }
}
