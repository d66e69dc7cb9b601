package dev.hooklake.server.analytics;

import java.util.regex.Pattern;

/// A statement as text.
public final class SqlText {
  private static final Pattern LITERAL =
      Pattern.compile(
          "'(?:[^']|'')*'?|\\$([A-Za-z_]*)\\$.*?\\$\\1\\$|\\b\\d{7,}\\b", Pattern.DOTALL);

  private SqlText() {}

  /// Without the values it compares with: they may name people.
  public static String withoutLiterals(String sql) {
    return LITERAL.matcher(sql).replaceAll("'•••'");
  }
}
