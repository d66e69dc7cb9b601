package dev.hooklake.server.enrichment.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the phone numbers that Brazilians type, as people rather than as services.
///
/// libphonenumber knows which numbers exist; what it does not know is how they are written here:
/// carrier codes after a zero, mobiles without their ninth digit, and the area code 55 that looks
/// like the country's.
public final class PhoneNumbers {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  private static final Pattern AREA =
      Pattern.compile("1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9]");
  private static final Pattern SEPARATOR = Pattern.compile("[/;,]");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]+");
  private static final Pattern ALL_EQUAL = Pattern.compile("([0-9])\\1+");
  private static final String COUNTING = "0123456789";
  private static final int FEWEST_DIGITS = 8;
  private static final int LONGEST_TEXT = 80;

  private PhoneNumbers() {}

  /// All numbers in a field, which may hold several.
  public static List<Phone> all(List<String> fields) {
    Map<String, Phone> found = new LinkedHashMap<>();
    for (String field : fields) {
      split(field).forEach(one -> parse(one).ifPresent(p -> found.putIfAbsent(p.e164(), p)));
    }
    return List.copyOf(found.values());
  }

  /// The one number in a text; empty when it is none, or not a person's.
  public static Optional<Phone> parse(String text) {
    String written = text.strip();
    if (written.isEmpty() || written.length() > LONGEST_TEXT || split(written).size() > 1) {
      return Optional.empty();
    }
    String digits = digits(written);
    if (written.startsWith("+")) {
      return digits.startsWith("55") ? brazilian(digits.substring(2)) : foreign(digits);
    }
    if (digits.startsWith("00")) {
      return abroad(digits.substring(2));
    }
    return brazilian(national(digits));
  }

  /// Whether nobody has this number, although its form is right: 99999-9999 and the like.
  public static boolean isPlaceholder(Phone phone) {
    String national = phone.national();
    String subscriber = phone.brazilian() ? national.substring(2) : national;
    return ALL_EQUAL.matcher(subscriber).matches() || COUNTING.contains(subscriber);
  }

  private static List<String> split(String field) {
    List<String> parts =
        Arrays.stream(SEPARATOR.split(field)).filter(part -> !part.isBlank()).toList();
    boolean several =
        parts.size() > 1 && parts.stream().allMatch(part -> digits(part).length() >= FEWEST_DIGITS);
    return several ? parts : List.of(field);
  }

  /// After 00 a carrier code may stand before the country.
  private static Optional<Phone> abroad(String digits) {
    for (String dialled : List.of(digits, digits.substring(Math.min(2, digits.length())))) {
      Optional<Phone> phone =
          dialled.startsWith("55") ? brazilian(dialled.substring(2)) : foreign(dialled);
      if (phone.isPresent()) {
        return phone;
      }
    }
    return Optional.empty();
  }

  /// Area code and number, without trunk zero, carrier and country.
  private static String national(String digits) {
    String rest = digits;
    if (rest.startsWith("0")) {
      rest = rest.substring(1);
      if (rest.length() == 12 || rest.length() == 13) {
        rest = rest.substring(2);
      }
    }
    // With 10 or 11 digits a leading 55 is the area code of Santa Maria.
    boolean withCountry = rest.startsWith("55") && (rest.length() == 12 || rest.length() == 13);
    return withCountry ? rest.substring(2) : rest;
  }

  private static Optional<Phone> brazilian(String national) {
    if (national.length() != 10 && national.length() != 11) {
      return Optional.empty();
    }
    String area = national.substring(0, 2);
    String number = national.substring(2);
    if (!AREA.matcher(area).matches()) {
      return Optional.empty();
    }
    boolean old = number.length() == 8 && "689".indexOf(number.charAt(0)) >= 0;
    String e164 = "+55" + area + (old ? "9" + number : number);
    return exists(e164) ? Optional.of(new Phone(e164, old)) : Optional.empty();
  }

  private static Optional<Phone> foreign(String digits) {
    return exists("+" + digits) ? Optional.of(new Phone("+" + digits, false)) : Optional.empty();
  }

  private static boolean exists(String e164) {
    try {
      PhoneNumber number = PHONES.parse(e164, null);
      return PHONES.isValidNumber(number)
          && PHONES.format(number, PhoneNumberFormat.E164).equals(e164);
    } catch (NumberParseException e) {
      return false;
    }
  }

  private static String digits(String text) {
    return NO_DIGIT.matcher(text).replaceAll("");
  }
}
