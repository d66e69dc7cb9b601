package dev.hooklake.server.enrichment.person;

import dev.hooklake.server.enrichment.contact.Cpf;
import java.util.Optional;

/// Somebody whom a contact belongs to. Never printed.
public record FoundPerson(Cpf cpf, Optional<String> name) {
  @Override
  public String toString() {
    return "FoundPerson[" + cpf + "]";
  }
}
