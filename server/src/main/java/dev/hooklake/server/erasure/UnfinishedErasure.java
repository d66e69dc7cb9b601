package dev.hooklake.server.erasure;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.PersonRows.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/// Deliveries and leads of a person that only the journal told of, while it is being erased. They
/// are ids and name nobody.
///
/// When an erasure is broken off the records that told of them may be gone; the next erasure,
/// whoever it is for, reads them here and takes the rest of their rows too.
record UnfinishedErasure(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Set<Link>> LINKS = new TypeReference<>() {};

  /// Adds to what an erasure before has left; returns all. It is on disk then.
  Set<Link> keep(Set<Link> links) throws IOException {
    var all = new HashSet<Link>(links);
    if (Files.exists(file)) {
      all.addAll(JSON.readValue(file.toFile(), LINKS));
    }
    if (!all.isEmpty()) {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path aside = file.resolveSibling(file.getFileName() + ".tmp");
      Files.write(
          aside,
          JSON.writeValueAsBytes(all),
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      new FileDisk().syncDirectory(folder);
    }
    return Set.copyOf(all);
  }

  void done() throws IOException {
    Files.deleteIfExists(file);
  }
}
