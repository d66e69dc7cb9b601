package dev.hooklake.server.enrichment.person;

import dev.hooklake.server.enrichment.contact.Cpf;

/// Tells more of a person, as far as the allow-list lets it through.
public interface PersonRegister {
  /// For audit and metrics.
  String name();

  Lookup<PersonProfile> profile(Cpf cpf) throws InterruptedException;
}
