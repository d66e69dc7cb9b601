package dev.hooklake.server.enrichment.contact;

import dev.hooklake.sources.c2s.LeadContact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a lead can be reached, normalised; what is no contact of a person is left out. Never
/// printed.
///
/// @param name as entered
public record Contacts(@Nullable String name, Optional<EmailAddress> email, List<Phone> phones) {
  public Contacts {
    phones = List.copyOf(phones);
  }

  public static Contacts of(LeadContact contact) {
    List<Phone> phones =
        PhoneNumbers.all(contact.phones()).stream()
            .filter(phone -> !PhoneNumbers.isPlaceholder(phone))
            .toList();
    Optional<EmailAddress> email =
        Optional.ofNullable(contact.email()).flatMap(EmailAddress::parse);
    return new Contacts(contact.name(), email, phones);
  }

  public boolean none() {
    return email.isEmpty() && phones.isEmpty();
  }

  /// Every contact as text, always in the same order: what a fingerprint is made of.
  public List<String> canonical() {
    return Stream.concat(
            email.stream().map(EmailAddress::address), phones.stream().map(Phone::e164))
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return "Contacts[" + (email.isPresent() ? "e-mail, " : "") + phones.size() + " phones]";
  }
}
