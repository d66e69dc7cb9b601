package dev.hooklake.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The fields of a form or a query, in the order sent: decoded, but never trimmed, merged or left
/// out, because senders sign them all.
public final class FormFields {
  /// Far more than any provider sends.
  private static final int MAX_FIELDS = 1000;

  private static final FormFields NONE = new FormFields(Map.of());

  private final Map<String, List<String>> values;

  private FormFields(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Empty when there are more fields than anybody sends.
  public static Optional<FormFields> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(NONE);
    }
    String[] fields = text.split("&", MAX_FIELDS + 1);
    if (fields.length > MAX_FIELDS) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, List<String>>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      String name = decode(equals < 0 ? field : field.substring(0, equals));
      String value = equals < 0 ? "" : decode(field.substring(equals + 1));
      if (!name.isEmpty() || !value.isEmpty()) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      }
    }
    return Optional.of(new FormFields(values));
  }

  public static boolean isForm(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end))
        .strip()
        .equalsIgnoreCase("application/x-www-form-urlencoded");
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /// Names in the order first sent, each with all its values.
  public Map<String, List<String>> values() {
    return values;
  }

  /// The first value of that name.
  public Optional<String> first(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /// Name and value of every field without separators, sorted by name; of a repeated name the
  /// distinct values, sorted. This is what Twilio and its relatives sign after the URL.
  public String sortedText() {
    var text = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, all) -> new TreeSet<>(all).forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  /// A percent sign that starts no escape stands for itself.
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] in = text.getBytes(UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int escaped = in[i] == '%' && i + 2 < in.length ? escaped(in[i + 1], in[i + 2]) : -1;
      if (escaped >= 0) {
        out.write(escaped);
        i += 2;
      } else {
        out.write(in[i] == '+' ? ' ' : in[i]);
      }
    }
    return out.toString(UTF_8);
  }

  private static int escaped(byte high, byte low) {
    int upper = Character.digit(high, 16);
    int lower = Character.digit(low, 16);
    return upper < 0 || lower < 0 ? -1 : upper * 16 + lower;
  }
}
