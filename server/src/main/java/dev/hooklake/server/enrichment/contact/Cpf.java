package dev.hooklake.server.enrichment.contact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Brazilian taxpayer number whose check digits are right; eleven digits, kept as text because
/// they may begin with zeros. Prints only its last two.
public final class Cpf {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{3})\\.?([0-9]{3})\\.?([0-9]{3})-?([0-9]{2})");
  private static final int DIGITS = 11;

  private final String digits;

  private Cpf(String digits) {
    this.digits = digits;
  }

  /// Reads `111.444.777-35` or `11144477735`; empty for anything else, wrong check digits included.
  public static Optional<Cpf> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String digits = form.group(1) + form.group(2) + form.group(3) + form.group(4);
    return isRight(digits) ? Optional.of(new Cpf(digits)) : Optional.empty();
  }

  /// Reads a number that lost its leading zeros.
  public static Optional<Cpf> ofNumber(long number) {
    return number < 0 ? Optional.empty() : parse("%011d".formatted(number));
  }

  public String digits() {
    return digits;
  }

  /// `111.444.777-35`
  public String formatted() {
    return new StringBuilder(digits).insert(9, '-').insert(6, '.').insert(3, '.').toString();
  }

  /// `***.***.***-35`: the widespread mask that shows the middle leaves a thousand candidates.
  public String masked() {
    return "***.***.***-" + digits.substring(DIGITS - 2);
  }

  private static boolean isRight(String digits) {
    // Eleven equal digits satisfy the arithmetic, and nobody has them.
    boolean allEqual = digits.chars().distinct().count() == 1;
    return !allEqual && checkDigit(digits, 9) && checkDigit(digits, 10);
  }

  /// Whether the digit at `position` follows from those before it.
  private static boolean checkDigit(String digits, int position) {
    int sum = 0;
    for (int i = 0; i < position; i++) {
      sum += digit(digits, i) * (position + 1 - i);
    }
    return sum * 10 % 11 % 10 == digit(digits, position);
  }

  private static int digit(String digits, int position) {
    return digits.charAt(position) - '0';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cpf that && digits.equals(that.digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  @Override
  public String toString() {
    return masked();
  }
}
