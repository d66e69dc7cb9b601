package dev.hooklake.lake;

import java.io.IOException;
import java.io.UncheckedIOException;

/// How far the landing table is known to have come, by which a lake is told from an empty place.
///
/// Landing goes neither back nor away. When it seems to, it is only out of sight: its volume is not
/// mounted, and whatever is under the mount point must not be taken for the lake. Only landing is
/// asked, since its commit comes last: what else a batch wrote may have gone to the wrong place.
final class Landmark implements Sight {
  private final String path;
  private long version = TableState.NO_VERSION;
  private long transaction;

  Landmark(String path) {
    this.path = path;
  }

  @Override
  public void check(TableState found) {
    if (found.version() < version || found.transaction() < transaction) {
      String now =
          found.version() == TableState.NO_VERSION
              ? "is not there"
              : "is at version %d with sequence %d".formatted(found.version(), found.transaction());
      throw new UncheckedIOException(
          new IOException(
              "%s had come to version %d with sequence %d and now %s; is the lake's volume mounted?"
                  .formatted(path, version, transaction, now)));
    }
    version = found.version();
    transaction = found.transaction();
  }
}
