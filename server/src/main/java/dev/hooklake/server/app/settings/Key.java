package dev.hooklake.server.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One setting: its name in the file, the environment variable that gives it where the file does
/// not, its default as one would write it, and what it means.
///
/// A name may hold `<name>`, for things of which there are several (`sources.<name>.path`), or end
/// in `*`, for whatever stands below (`lake.hadoop.*`). A default may hold `<name>` too.
///
/// @param marked said to be secret, although its name does not tell
public record Key<T>(
    String name,
    @Nullable String env,
    String defaultText,
    ValueType<T> type,
    String meaning,
    boolean marked) {
  static final String MEMBER = "<name>";
  static final String ANY = "*";
  private static final List<String> SECRET_WORDS =
      List.of("secret", "token", "password", "credential", "database.url", "keys");

  public Key(
      String name, @Nullable String env, String defaultText, ValueType<T> type, String meaning) {
    this(name, env, defaultText, type, meaning, false);
  }

  /// The setting as one whose value is shown and quoted nowhere.
  Key<T> secret() {
    return new Key<>(name, env, defaultText, type, meaning, true);
  }

  boolean isSecret() {
    String lower = name.toLowerCase(Locale.ROOT);
    return marked || SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  T defaultValue() {
    return type.reader().apply(defaultText).orElseThrow();
  }

  /// This setting of one of the several things.
  public Key<T> of(String member) {
    return new Key<>(
        name.replace(MEMBER, member),
        env,
        defaultText.replace(MEMBER, member),
        type,
        meaning,
        marked);
  }

  /// The setting where no environment variable gives it.
  public Key<T> onlyInFile() {
    return new Key<>(name, null, defaultText, type, meaning, marked);
  }

  boolean covers(String written) {
    String pattern = Pattern.quote(name).replace(MEMBER, "\\E[^.]+\\Q").replace(ANY, "\\E.+\\Q");
    return written.matches(pattern);
  }

  boolean isBelow(String written) {
    return nameLike(written + ".").startsWith(written + ".");
  }

  /// The name with the same member as `written`, to compare the two.
  String nameLike(String written) {
    int at = name.indexOf(MEMBER);
    if (at < 0 || !written.startsWith(name.substring(0, at))) {
      return name;
    }
    String rest = written.substring(at);
    int end = rest.indexOf('.');
    return end < 0 ? name : name.replace(MEMBER, rest.substring(0, end));
  }
}
