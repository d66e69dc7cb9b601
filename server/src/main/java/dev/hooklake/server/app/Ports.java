package dev.hooklake.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ports that a running server has, kept in its data directory so that commands find it when
/// they were chosen by chance.
record Ports(int publicPort, int adminPort) {
  private static final Pattern FORM = Pattern.compile("public (\\d{1,5})\nadmin (\\d{1,5})\n");

  /// Written now; gone when what is returned is closed.
  AutoCloseable writtenTo(Path file) throws IOException {
    Files.writeString(file, "public " + publicPort + "\nadmin " + adminPort + "\n");
    return () -> Files.deleteIfExists(file);
  }

  /// Those of the server that runs there, or of one that was killed; empty when it was closed.
  static Optional<Ports> in(Path file) throws IOException {
    try {
      Matcher matcher = FORM.matcher(Files.readString(file));
      return matcher.matches()
          ? Optional.of(
              new Ports(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
