package dev.hooklake.lake;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What lies in a table's directories, whether or not the table refers to it.
record TableDirectory(LakeAccess lake, String path) {
  /// Sorts before every name that a table has in its directories.
  private static final String FIRST = "/!";

  /// Files in the directories of partitions; other names are not the table's.
  List<FileStatus> dataFiles() throws IOException {
    var files = new ArrayList<FileStatus>();
    for (FileStatus entry : list(path)) {
      if (name(entry.getPath()).contains("=")) {
        files.addAll(list(entry.getPath()));
      }
    }
    return files;
  }

  List<FileStatus> log() throws IOException {
    return list(path + "/_delta_log");
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private List<FileStatus> list(String directory) throws IOException {
    try (CloseableIterator<FileStatus> files =
        lake.engine().getFileSystemClient().listFrom(directory + FIRST)) {
      return files.toInMemoryList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
