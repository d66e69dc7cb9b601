package dev.hooklake.server.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where one DuckDB puts what its memory does not hold: a directory that no other one uses, since
/// their files have the same names. Its owner's alone, since rows are in it; gone when it is
/// closed, or when somebody clears the directory it is in.
///
/// Where the disk has no room for it, or no directory can be made, a query that needs one fails for
/// want of memory.
final class SpillDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpillDirectory.class);

  /// Several may spill at a time and none knows of the others.
  private static final int SHARES = 4;

  private final @Nullable Path path;
  private final long mostBytes;

  private SpillDirectory(@Nullable Path path, long mostBytes) {
    this.path = path;
    this.mostBytes = mostBytes;
  }

  /// @param parent a server makes it; while it is missing, or when it is null, nothing is spilled
  static SpillDirectory in(@Nullable Path parent) {
    if (parent == null || !Files.isDirectory(parent)) {
      return new SpillDirectory(null, 0);
    }
    try {
      OptionalLong room = DiskRoom.at(parent);
      return room.isEmpty()
          ? new SpillDirectory(null, 0)
          : new SpillDirectory(
              Files.createTempDirectory(parent, "query-"), room.getAsLong() / SHARES);
    } catch (IOException e) {
      LOG.debug("Queries have only their memory: {}", e.toString());
      return new SpillDirectory(null, 0);
    }
  }

  void use(Statement statement) throws SQLException {
    // DuckDB makes its directory, but not the one that this is in: what was cleared stays away.
    String name = path == null ? "" : path.resolve("spill").toString();
    statement.execute("SET temp_directory = " + LakeView.quoted(name));
    if (path != null) {
      statement.execute(DiskRoom.spillAtMost(mostBytes));
    }
  }

  /// Whether it was deleted by somebody else: DuckDB cannot spill any more.
  boolean isGone() {
    return path != null && !Files.isDirectory(path);
  }

  /// Once the DuckDB that used it is closed, which has deleted its files.
  @Override
  public void close() {
    try {
      if (path != null) {
        Files.deleteIfExists(path.resolve("spill"));
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.debug("{} is left for the next start to delete: {}", path, e.toString());
    }
  }
}
