package dev.hooklake.server.enrichment.person;

import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person as a register describes them; lists are best first, and what is null or empty is not
/// known. Never printed.
///
/// @param sex `F` or `M`
public record PersonProfile(
    @Nullable String name,
    @Nullable LocalDate birthDate,
    @Nullable String sex,
    @Nullable String motherName,
    Means means,
    Reach reach) {

  /// Money, as texts of the register.
  public record Means(
      @Nullable String income,
      @Nullable String purchasingPower,
      @Nullable String creditScore,
      @Nullable String creditRisk) {
    public static final Means UNKNOWN = new Means(null, null, null, null);
  }

  /// How and where to reach somebody.
  public record Reach(
      List<EmailAddress> emails,
      List<KnownPhone> phones,
      List<Address> addresses,
      List<Company> companies) {
    public static final Reach UNKNOWN = new Reach(List.of(), List.of(), List.of(), List.of());

    public Reach {
      emails = List.copyOf(emails);
      phones = List.copyOf(phones);
      addresses = List.copyOf(addresses);
      companies = List.copyOf(companies);
    }
  }

  public record KnownPhone(Phone phone, boolean whatsapp) {}

  public record Address(
      String street, String district, String city, String state, String postalCode) {}

  /// A company that somebody belongs to.
  ///
  /// @param cnpj 14 characters
  public record Company(String cnpj, String relation) {}

  @Override
  public String toString() {
    return "PersonProfile[" + reach.emails().size() + " e-mails]";
  }
}
