package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text and what it says once its escapes are undone, layer by layer: JSON in a form field, an
/// encoded link in a JSON string, and so on.
///
/// | escape  | example                              |
/// |---------|--------------------------------------|
/// | JSON    | `1\/2`, a backslash, `u` and `0040`   |
/// | percent | `ann%40example.com`, `%2B5511…`      |
/// | form    | `+` for a space                      |
/// | HTML    | `ann&#64;example.com`, `ann&#x40;…`  |
final class Unwrapped {
  private static final int MOST_LAYERS = 6;
  private static final Pattern JSON = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\/nrtbf]))");
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
  private static final Pattern HTML = Pattern.compile("&#(?:[xX]([0-9a-fA-F]{1,6})|(\\d{1,7}));");

  /// Undone one after the other, then again from the first on what came out.
  private static final List<UnaryOperator<String>> ESCAPES =
      List.of(Unwrapped::json, Unwrapped::percent, Unwrapped::html);

  private Unwrapped() {}

  /// Whether the text itself, or what undoing one more escape gives, is as asked for. One layer at
  /// a time is held, since each may be as long as the text.
  static boolean anyLayer(String text, Predicate<String> asked) {
    String last = text;
    boolean found = asked.test(last);
    boolean changed = true;
    for (int layer = 0; layer < MOST_LAYERS && changed && !found; layer++) {
      String before = last;
      for (UnaryOperator<String> escape : ESCAPES) {
        String undone = escape.apply(last);
        found = found || (!undone.equals(last) && asked.test(undone));
        last = undone;
      }
      changed = !last.equals(before);
    }
    boolean form = text.indexOf('%') >= 0 && text.indexOf('+') >= 0;
    return found || (form && asked.test(percent(text.replace('+', ' '))));
  }

  private static String json(String text) {
    return text.indexOf('\\') < 0 ? text : JSON.matcher(text).replaceAll(Unwrapped::jsonEscape);
  }

  private static String jsonEscape(MatchResult escape) {
    String hex = escape.group(1);
    if (hex != null) {
      return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex, 16)));
    }
    return Matcher.quoteReplacement(
        switch (escape.group(2)) {
          case "n", "r", "t", "b", "f" -> " ";
          case String itself -> itself;
        });
  }

  private static String percent(String text) {
    return text.indexOf('%') < 0
        ? text
        : PERCENT.matcher(text).replaceAll(run -> Matcher.quoteReplacement(bytes(run.group())));
  }

  private static String bytes(String run) {
    var bytes = new ByteArrayOutputStream(run.length() / 3);
    for (int i = 1; i < run.length(); i += 3) {
      bytes.write(Integer.parseInt(run, i, i + 2, 16));
    }
    return bytes.toString(UTF_8);
  }

  private static String html(String text) {
    return text.contains("&#") ? HTML.matcher(text).replaceAll(Unwrapped::htmlEscape) : text;
  }

  private static String htmlEscape(MatchResult escape) {
    String hex = escape.group(1);
    int codePoint = hex != null ? Integer.parseInt(hex, 16) : Integer.parseInt(escape.group(2));
    return Matcher.quoteReplacement(
        Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : escape.group());
  }
}
