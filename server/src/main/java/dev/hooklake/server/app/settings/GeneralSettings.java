package dev.hooklake.server.app.settings;

import java.nio.file.Path;

/// What concerns the whole server.
///
/// @param data the data directory, absolute; journal and admin token are in it
/// @param development sources without a secret are started, unverified
public record GeneralSettings(Path data, boolean development) {

  /// The file that says which ports a running server has.
  public Path portsFile() {
    return data.resolve("ports");
  }

  /// The file that holds the operator's token; made at the first start.
  public Path adminTokenFile() {
    return data.resolve("admin-token");
  }

  /// The same for viewers.
  public Path viewerTokenFile() {
    return data.resolve("viewer-token");
  }
}
