package dev.hooklake.server.analytics;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The directory of the kept deliveries: `deliveries-<number>.duckdb`, of which the highest number
/// counts, and what DuckDB writes beside it. All of it is made from the lake and may be deleted
/// while no server runs.
public final class KeptFiles implements Erasable {
  private static final Pattern NAME = Pattern.compile("deliveries-(\\d{1,9})\\.duckdb");

  private final Path directory;

  /// No number is given twice: DuckDB hands out a database that is still open to whoever asks for
  /// its path, also after the file is gone.
  private final AtomicInteger last = new AtomicInteger();

  private KeptFiles(Path directory) {
    this.directory = directory;
  }

  /// Of the server with this data directory.
  public static KeptFiles in(Path data) {
    return new KeptFiles(data.resolve("kept"));
  }

  /// The file that counts; empty when there is none.
  Optional<Path> newest() throws IOException {
    return Optional.of(highest()).filter(number -> number > 0).map(this::file);
  }

  /// The next one, which is not there yet.
  Path next() throws IOException {
    Files.createDirectories(directory);
    highest();
    return file(last.incrementAndGet());
  }

  private Path file(int number) {
    return directory.resolve("deliveries-" + number + ".duckdb");
  }

  private int highest() throws IOException {
    int highest =
        names().stream()
            .map(NAME::matcher)
            .filter(Matcher::matches)
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .max()
            .orElse(0);
    last.accumulateAndGet(highest, Math::max);
    return highest;
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// Deletes all but one file and what belongs to it.
  int deleteAllBut(Path kept) throws IOException {
    String name = kept.getFileName().toString();
    return delete(found -> !found.startsWith(name));
  }

  /// Deletes all; how many files there were.
  int delete() throws IOException {
    return delete(_ -> true);
  }

  private int delete(Predicate<String> which) throws IOException {
    int deleted = 0;
    for (String name : names().stream().filter(which).toList()) {
      delete(directory.resolve(name));
      deleted++;
    }
    return deleted;
  }

  private static void delete(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      try (Stream<Path> spilled = Files.list(file)) {
        for (Path one : spilled.toList()) {
          Files.deleteIfExists(one);
        }
      }
    }
    Files.deleteIfExists(file);
  }

  /// Bytes that a step may take of the disk; empty when there are too few for one.
  OptionalLong room() throws IOException {
    return DiskRoom.at(directory);
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (String name : names()) {
      bytes += Files.size(directory.resolve(name));
    }
    return bytes;
  }

  @Override
  public String name() {
    return "kept_deliveries";
  }

  /// Facts of many people are in one file; it is made again from the lake.
  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return delete();
  }
}
