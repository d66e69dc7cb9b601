package dev.hooklake.sources.generic;

/// One thing that is wrong with a source's settings, said so that it can be mended.
///
/// @param path the dotted name below the source, for example `verification.signature.header`
public record SettingsProblem(String path, String reason, String remedy) {
  @Override
  public String toString() {
    return path + ": " + reason + "; " + remedy;
  }
}
