package dev.hooklake.server.enrichment.contact;

import java.util.Set;

/// A phone number in international form. Prints its country, area and last four digits.
///
/// @param e164 `+` and 8 to 15 digits
/// @param repaired an old mobile number that lacked its ninth digit
public record Phone(String e164, boolean repaired) {
  private static final String BRAZIL = "+55";
  private static final int AREA_END = 5;
  private static final int MOBILE_LENGTH = 14;

  public Phone {
    if (!e164.matches("\\+[1-9][0-9]{7,14}")) {
      throw new IllegalArgumentException("not a phone number in international form");
    }
  }

  public boolean brazilian() {
    return e164.startsWith(BRAZIL);
  }

  /// Area code and number, without the country's 55; of a foreign number all its digits.
  public String national() {
    return e164.substring(brazilian() ? BRAZIL.length() : 1);
  }

  /// The number itself and, of a Brazilian mobile, its form before the ninth digit came: both may
  /// stand in a register.
  public Set<String> variants() {
    boolean mobile = brazilian() && e164.length() == MOBILE_LENGTH;
    return mobile
        ? Set.of(e164, e164.substring(0, AREA_END) + e164.substring(AREA_END + 1))
        : Set.of(e164);
  }

  /// `+55 11 *****0001`
  public String masked() {
    String last = e164.substring(e164.length() - 4);
    return brazilian()
        ? BRAZIL + " " + e164.substring(BRAZIL.length(), AREA_END) + " *****" + last
        : e164.substring(0, 2) + " *****" + last;
  }

  @Override
  public String toString() {
    return masked();
  }
}
