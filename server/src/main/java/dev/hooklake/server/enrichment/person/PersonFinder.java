package dev.hooklake.server.enrichment.person;

import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import java.util.List;

/// Finds people by a contact. Answers all whom the register names, best first; each with a CPF
/// whose check digits are right.
public interface PersonFinder {
  /// For audit and metrics.
  String name();

  Lookup<List<FoundPerson>> byPhone(Phone phone) throws InterruptedException;

  Lookup<List<FoundPerson>> byEmail(EmailAddress email) throws InterruptedException;
}
