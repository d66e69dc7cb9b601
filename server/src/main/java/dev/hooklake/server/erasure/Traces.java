package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds a person's identifiers in text, however the text is escaped.
///
/// | identifier | found                                                                          |
/// |------------|--------------------------------------------------------------------------------|
/// | e-mail     | in any case, and not as a part of another address                              |
/// | phone      | with or without `+` or `00`, with any punctuation, not as a part of a longer number |
/// | CPF        | with or without its punctuation, not as a part of a longer number              |
/// | id of eight characters or more | as a word of its own                                      |
/// | shorter id | as the value of a field for such ids: `customer_id`, `identifiers.id`, `cio_id` |
/// | all but short ids              | within base64 text; addresses in lower case               |
final class Traces {
  private static final int LEAST_WORD = 8;
  private static final String NOT_WITHIN_NUMBER = "(?<![0-9])(?:00)?";
  private static final String PUNCTUATION = "[\\s().\\-/]{0,3}";
  private static final String NOT_BEFORE_WORD = "(?<![A-Za-z0-9_-])";
  private static final String NOT_AFTER_WORD = "(?![A-Za-z0-9_-])";

  private final Set<String> emails;
  private final List<Pattern> patterns = new ArrayList<>();
  private final Set<String> base64 = new HashSet<>();

  Traces(Person person) {
    emails = person.emails();
    person.phones().forEach(phone -> patterns.add(phone(phone)));
    person.customerIds().forEach(id -> patterns.add(id(id, "customer_id|person_id|user_id")));
    person.cioIds().forEach(id -> patterns.add(id(id, "cio_id")));
    person.cpfs().forEach(this::addCpf);
    person.emails().forEach(value -> base64.addAll(Base64Traces.of(value)));
    person.phones().forEach(value -> base64.addAll(Base64Traces.of(value)));
    person.customerIds().forEach(this::addLongInBase64);
    person.cioIds().forEach(this::addLongInBase64);
  }

  /// Whether the text names the person.
  boolean in(String text) {
    return Unwrapped.anyLayer(text, this::inPlain);
  }

  /// Whether bytes of whatever encoding do.
  boolean in(byte[] bytes) {
    return in(new String(bytes, UTF_8)) || in(new String(bytes, ISO_8859_1));
  }

  private void addCpf(String cpf) {
    String dotted = String.join(".", cpf.substring(0, 3), cpf.substring(3, 6), cpf.substring(6, 9));
    String written = dotted + "-" + cpf.substring(9);
    patterns.add(
        Pattern.compile(
            "(?<![0-9])" + written.replace(".", "[.\\s]?").replace("-", "[-\\s/]?") + "(?![0-9])"));
    base64.addAll(Base64Traces.of(cpf));
    base64.addAll(Base64Traces.of(written));
  }

  private void addLongInBase64(String id) {
    if (id.length() >= LEAST_WORD) {
      base64.addAll(Base64Traces.of(id));
    }
  }

  private boolean inPlain(String text) {
    return emails.stream().anyMatch(email -> isIn(text, email))
        || patterns.stream().anyMatch(pattern -> pattern.matcher(text).find())
        || base64.stream().anyMatch(text::contains);
  }

  /// Looked for by its `@`, of which most texts have none or few.
  private static boolean isIn(String text, String email) {
    int local = email.indexOf('@');
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int from = at - local;
      int to = from + email.length();
      if (from >= 0
          && text.regionMatches(true, from, email, 0, email.length())
          && (from == 0 || !isOfAddress(text.charAt(from - 1)))
          && !goesOn(text, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfAddress(char character) {
    return Character.isLetterOrDigit(character) || "._%+-'".indexOf(character) >= 0;
  }

  /// A dot ends a sentence unless a further label follows.
  private static boolean goesOn(String text, int to) {
    if (to >= text.length()) {
      return false;
    }
    char next = text.charAt(to);
    return Character.isLetterOrDigit(next)
        || next == '-'
        || (next == '.'
            && to + 1 < text.length()
            && Character.isLetterOrDigit(text.charAt(to + 1)));
  }

  private static Pattern phone(String digits) {
    String spaced =
        digits.chars().mapToObj(Character::toString).collect(Collectors.joining(PUNCTUATION));
    return Pattern.compile(NOT_WITHIN_NUMBER + spaced + "(?![0-9])");
  }

  private static Pattern id(String id, String fields) {
    String quoted = Pattern.quote(id);
    if (id.length() >= LEAST_WORD) {
      return Pattern.compile(NOT_BEFORE_WORD + quoted + NOT_AFTER_WORD);
    }
    String value = "\\s*[:=]\\s*\"?" + quoted + "(?![A-Za-z0-9_.-])";
    String named = "(?<![A-Za-z0-9])(?:" + fields + ")\"?" + value;
    String identifier = "\"identifiers\"\\s*:\\s*\\{[^{}]*\"id\"" + value;
    return Pattern.compile(fields.startsWith("customer") ? named + "|" + identifier : named);
  }
}
