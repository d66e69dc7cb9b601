package dev.hooklake.server.console;

/// Something an operator should look at.
///
/// @param kind `bad` or `warn`
/// @param word the state in a word
/// @param path where to go on; empty when nowhere
public record AttentionItem(String kind, String title, String detail, String word, String path) {

  /// Finds such things; asked with every overview, so it must be quick.
  @FunctionalInterface
  public interface Finder {
    java.util.List<AttentionItem> find() throws java.io.IOException;
  }
}
