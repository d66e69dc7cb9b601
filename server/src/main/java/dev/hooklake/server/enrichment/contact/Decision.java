package dev.hooklake.server.enrichment.contact;

import java.util.List;
import java.util.Optional;

/// Whom a lead's contacts lead to; people go by the ids under which we keep them.
public sealed interface Decision {

  /// Phone and e-mail belong to one person.
  record SamePerson(String person) implements Decision {}

  /// Phone and e-mail belong to two people; both are told of.
  record DifferentPeople(String byPhone, String byEmail) implements Decision {}

  /// Only one way led to somebody, which says nothing about the other.
  record OneSource(String person, Via via) implements Decision {}

  record Nobody() implements Decision {}

  /// What led to a person.
  enum Via {
    /// The lead wrote the number down.
    TEXT,
    PHONE,
    EMAIL
  }

  static Decision of(Optional<String> inText, Optional<String> byPhone, Optional<String> byEmail) {
    if (inText.isPresent()) {
      return new OneSource(inText.get(), Via.TEXT);
    }
    if (byPhone.isPresent() && byEmail.isPresent()) {
      return byPhone.equals(byEmail)
          ? new SamePerson(byPhone.get())
          : new DifferentPeople(byPhone.get(), byEmail.get());
    }
    return byPhone
        .<Decision>map(person -> new OneSource(person, Via.PHONE))
        .or(() -> byEmail.map(person -> new OneSource(person, Via.EMAIL)))
        .orElseGet(Nobody::new);
  }

  /// Everybody it leads to, in the order in which they are told of.
  default List<String> people() {
    return switch (this) {
      case SamePerson(var person) -> List.of(person);
      case DifferentPeople(var byPhone, var byEmail) -> List.of(byPhone, byEmail);
      case OneSource(var person, _) -> List.of(person);
      case Nobody() -> List.of();
    };
  }
}
