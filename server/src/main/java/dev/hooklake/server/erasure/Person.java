package dev.hooklake.server.erasure;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// By what a person is known. Everything that any of these names is theirs.
///
/// @param emails addresses, lower case
/// @param phones numbers with country code, digits only
/// @param customerIds ids by which the workspace knows the person
/// @param cioIds Customer.io's own ids of the person
/// @param cpfs Brazilian taxpayer numbers, digits only
public record Person(
    Set<String> emails,
    Set<String> phones,
    Set<String> customerIds,
    Set<String> cioIds,
    Set<String> cpfs) {
  private static final int LEAST_PHONE_DIGITS = 8;
  private static final Pattern CPF = Pattern.compile("[0-9]{3}\\.?[0-9]{3}\\.?[0-9]{3}-?[0-9]{2}");
  private static final String LOOK_UP_PREFIX = "cio_";

  /// @throws IllegalArgumentException when nothing is given, or something is not what it should be;
  ///   the message says which, and quotes nothing
  public Person {
    emails = each(emails, Person::email);
    phones = each(phones, Person::phone);
    customerIds = each(customerIds, id -> id);
    cioIds = each(cioIds, Person::cioId);
    cpfs = each(cpfs, Person::cpf);
    if (Stream.of(emails, phones, customerIds, cioIds, cpfs).allMatch(Set::isEmpty)) {
      throw new IllegalArgumentException(
          "nobody is named; give an e-mail address, a phone number, a customer id, a cio_id or a"
              + " CPF");
    }
  }

  /// How many identifiers, for receipts.
  public int identifiers() {
    return emails.size() + phones.size() + customerIds.size() + cioIds.size() + cpfs.size();
  }

  /// Tells of a text whether it names the person, however it is escaped.
  public Predicate<String> traces() {
    return new Traces(this)::in;
  }

  private static Set<String> each(Set<String> given, UnaryOperator<String> form) {
    return given.stream().map(Person::stripped).map(form).collect(Collectors.toUnmodifiableSet());
  }

  private static String stripped(String given) {
    String value = given.strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an identifier is empty");
    }
    return value;
  }

  private static String email(String value) {
    int at = value.indexOf('@');
    if (at < 1 || at != value.lastIndexOf('@') || at == value.length() - 1) {
      throw new IllegalArgumentException("an e-mail address is not of the form name@domain");
    }
    return value.toLowerCase(Locale.ROOT);
  }

  private static String phone(String value) {
    String digits = value.replaceAll("[\\s().\\-/]", "").replaceFirst("^(\\+|00)", "");
    if (!digits.matches("\\d{" + LEAST_PHONE_DIGITS + ",15}")) {
      throw new IllegalArgumentException(
          "a phone number is not of the form +5511912345678: country code and number, 8 to 15"
              + " digits");
    }
    return digits;
  }

  /// Also one whose check digits are wrong: somebody may have written it down so.
  private static String cpf(String value) {
    if (!CPF.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a CPF is not of the form 000.000.000-00: eleven digits, with or without punctuation");
    }
    return value.replaceAll("[^0-9]", "");
  }

  private static String cioId(String value) {
    return value.startsWith(LOOK_UP_PREFIX) ? value.substring(LOOK_UP_PREFIX.length()) : value;
  }

  /// Counts only: whoever prints a person must not tell who it is.
  @Override
  public String toString() {
    return "Person[" + identifiers() + " identifiers]";
  }
}
