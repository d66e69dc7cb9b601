package dev.hooklake.server.analytics;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement as text.
public final class SqlText {
  private static final Pattern LITERAL =
      Pattern.compile(
          "'[^']*+(?:''[^']*+)*+'?|\\$([A-Za-z_]*)\\$.*?(?:\\$\\1\\$|\\z)"
              + "|(?<name>\"[^\"]*+(?:\"\"[^\"]*+)*+\"?)"
              + "|(?<comment>--[^\\n]*+|/\\*.*?(?:\\*/|\\z))"
              + "|\\b\\d{7,}\\b|(?<![^\\s'\"(),;=@])[^\\s'\"(),;=@]++@[^\\s'\"(),;]++",
          Pattern.DOTALL);

  /// What people call columns and tables.
  private static final Pattern PLAIN_NAME = Pattern.compile("\"(?!.*\\d{7})[A-Za-z_]\\w{0,62}\"");

  private SqlText() {}

  /// Without the values it compares with, without comments, and without names in double quotes that
  /// are more than words: all of these may name people.
  public static String withoutLiterals(String sql) {
    return LITERAL.matcher(sql).replaceAll(SqlText::masked);
  }

  private static String masked(MatchResult found) {
    String name = found.group("name");
    if (name != null && PLAIN_NAME.matcher(name).matches()) {
      return Matcher.quoteReplacement(name);
    }
    if (name != null) {
      return "\"•••\"";
    }
    return found.group("comment") != null ? "/* ••• */" : "'•••'";
  }
}
