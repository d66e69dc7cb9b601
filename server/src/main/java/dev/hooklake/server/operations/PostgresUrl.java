package dev.hooklake.server.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the forms of a PostgreSQL URL that people have: `postgresql://user:password@host/name` and
/// `jdbc:postgresql://host/name?user=...&password=...`. Takes the credentials out of it, so that
/// whatever prints the rest prints none.
final class PostgresUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<credentials>[^@/]*)@)?"
              + "(?<place>[^/?@]+/[^/?@]+)(?:\\?(?<options>.*))?");

  private PostgresUrl() {}

  static DatabaseSettings.Postgres parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      // The value may hold a password, so it is not repeated.
      throw new DatabaseUnusable(
          "DB_URL is not a PostgreSQL URL; give postgresql://user:password@host:5432/database, or"
              + " leave it out to use SQLite in the data directory",
          null);
    }
    String[] credentials = parts(form.group("credentials"), ":");
    String user = credentials.length > 0 ? decoded(credentials[0]) : "";
    String password = credentials.length > 1 ? decoded(credentials[1]) : "";
    var kept = new ArrayList<String>();
    for (String option : parts(form.group("options"), "&")) {
      if (option.startsWith("user=")) {
        user = decoded(option.substring("user=".length()));
      } else if (option.startsWith("password=")) {
        password = decoded(option.substring("password=".length()));
      } else {
        kept.add(option);
      }
    }
    String place = form.group("place");
    String options = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new DatabaseSettings.Postgres(
        "jdbc:postgresql://" + place + options, place, user, password);
  }

  private static String[] parts(@Nullable String text, String separator) {
    return text == null || text.isEmpty() ? new String[0] : text.split(separator, limit(separator));
  }

  /// Only the first colon separates: a password may hold more of them.
  private static int limit(String separator) {
    return separator.equals(":") ? 2 : -1;
  }

  private static String decoded(String text) {
    // A plus is itself here; only percent escapes are meant.
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
