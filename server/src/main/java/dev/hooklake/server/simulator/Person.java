package dev.hooklake.server.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// Somebody who does not exist: reserved domains, and numbers reserved for fiction.
record Person(int number, String name, String email, String phone) {
  private static final List<String> FIRST =
      List.of(
          "Ada", "Ben", "Chi", "Dara", "Edda", "Femi", "Gita", "Hugo", "Ines", "Jonas", "Kaja",
          "Lior", "Mina", "Nils", "Oona", "Pía", "Quinn", "Rui", "Søren", "Tove", "Uma", "Vito",
          "Wanda", "Ximena", "Yuki", "Zoë");
  private static final List<String> LAST =
      List.of(
          "Moreno",
          "Okafor",
          "Lindqvist",
          "Arslan",
          "Brandt",
          "Castro",
          "Dubois",
          "Eriksen",
          "Fontaine",
          "Gruber",
          "Haddad",
          "Ivanova",
          "Jansen",
          "Kovacs",
          "Laine",
          "Marques");
  private static final List<String> DOMAINS =
      List.of("example.com", "example.net", "example.org", "mail.example", "post.example");

  /// The person with this number: always the same one.
  static Person numbered(int number) {
    String first = FIRST.get(number % FIRST.size());
    String last = LAST.get(number / FIRST.size() % LAST.size());
    String domain = DOMAINS.get(number % DOMAINS.size());
    String email = (first + "." + last + number + "@" + domain).toLowerCase(Locale.ROOT);
    return new Person(number, first, email, phone(number));
  }

  private static String phone(int number) {
    return number % 3 == 0
        ? String.format(Locale.ROOT, "+1202555%04d", 100 + number % 100)
        : String.format(Locale.ROOT, "+447700900%03d", number % 1000);
  }

  String id() {
    return "u-" + (10_000 + number);
  }

  String deviceId() {
    return "device-" + Integer.toHexString(number * 7919);
  }

  String devicePlatform() {
    return number % 5 < 3 ? "ios" : "android";
  }

  /// Some people have no id of the workspace's own, some were deleted since, a few are known by id
  /// alone.
  void describeIn(ObjectNode data) {
    boolean withoutId = number % 20 == 0;
    if (!withoutId) {
      data.put("customer_id", number % 50 == 1 ? "" : id());
    }
    ObjectNode identifiers = data.putObject("identifiers");
    identifiers.put("id", withoutId ? null : id());
    if (withoutId || number % 25 != 2) {
      identifiers.put("email", email);
      identifiers.put("cio_id", String.format(Locale.ROOT, "8fb6%08x", number));
    }
  }
}
