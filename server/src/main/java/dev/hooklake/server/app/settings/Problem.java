package dev.hooklake.server.app.settings;

/// One thing that is wrong with the settings, said so that it can be mended.
///
/// @param where a line of the file, or an environment variable
public record Problem(String where, String reason, String remedy) {
  @Override
  public String toString() {
    return where + ": " + reason + "; " + remedy;
  }
}
