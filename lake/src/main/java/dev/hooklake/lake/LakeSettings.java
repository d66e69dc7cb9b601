package dev.hooklake.lake;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// Where the lake is and how its storage is reached.
///
/// @param root `file:`, `s3a:`, `abfss:`, `gs:` or any other URI that Hadoop has a file system for
/// @param hadoopProperties passed on to that file system: end points, credentials; may hold secrets
public record LakeSettings(URI root, Map<String, String> hadoopProperties) {
  public LakeSettings {
    // abfss: writes its container before the @, so a user part alone is no secret.
    if (root.getUserInfo() != null && root.getUserInfo().contains(":")) {
      throw new IllegalArgumentException(
          "the lake root holds a password; give credentials as lake.hadoop properties instead");
    }
    if (root.getScheme() == null || root.getPath() == null || !root.getPath().startsWith("/")) {
      throw new IllegalArgumentException(
          "lake root is "
              + root
              + "; give an absolute URI such as file:/data/lake or s3a://b/lake");
    }
    hadoopProperties = Map.copyOf(hadoopProperties);
  }

  /// A lake in a directory of this machine.
  public static LakeSettings in(Path directory) {
    return new LakeSettings(directory.toAbsolutePath().normalize().toUri(), Map.of());
  }

  boolean isLocal() {
    return "file".equals(root.getScheme());
  }

  /// The root as Delta Kernel and Hadoop write paths: not percent-encoded, no slash at the end.
  String rootPath() {
    String path = root.getPath().replaceAll("/+$", "");
    String authority = root.getRawAuthority();
    return authority == null || isLocal()
        ? root.getScheme() + ":" + path
        : root.getScheme() + "://" + authority + path;
  }

  /// Without the properties: they may hold secrets.
  @Override
  public String toString() {
    return "LakeSettings[" + root + "]";
  }
}
