package dev.hooklake.server.enrichment.contact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address that may be somebody's, in lower case. Prints its first letter and its domain.
public record EmailAddress(String address) {
  private static final int LONGEST = 254;

  private static final Pattern FORM =
      Pattern.compile(
          "[a-z0-9!#$%&'*+/=?^_{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*"
              + "@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,24}");

  /// What people type who have no address, or want to give none.
  private static final List<String> PLACEHOLDERS =
      List.of("999999", "111111", "000000", "123456789");

  public EmailAddress {
    if (!FORM.matcher(address).matches()) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }

  /// Empty for what is no address, or a placeholder for one.
  public static Optional<EmailAddress> parse(String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    boolean usable =
        address.length() <= LONGEST
            && FORM.matcher(address).matches()
            && PLACEHOLDERS.stream().noneMatch(address::contains);
    return usable ? Optional.of(new EmailAddress(address)) : Optional.empty();
  }

  /// `l***@example.com`
  public String masked() {
    return address.charAt(0) + "***" + address.substring(address.indexOf('@'));
  }

  @Override
  public String toString() {
    return masked();
  }
}
