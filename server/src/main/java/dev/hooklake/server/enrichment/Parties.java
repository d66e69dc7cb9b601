package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.PersonName;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.person.FoundPerson;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The people behind leads, and the contacts by which a register knows them; within the caller's
/// transaction.
final class Parties {
  private static final String BY_CPF =
      "SELECT id FROM parties WHERE cpf_fingerprint IN (<fingerprints>)";

  private static final String ADD =
      "INSERT INTO parties (id, party_type, cpf_fingerprint, cpf_sealed, full_name,"
          + " normalized_name, created_at, updated_at) VALUES (:id, 'person', :fingerprint,"
          + " :sealed, :name, :normalized, :now, :now) ON CONFLICT (cpf_fingerprint) DO NOTHING";

  private static final String NAME =
      "UPDATE parties SET full_name = :name, normalized_name = :normalized"
          + " WHERE id = :id AND full_name IS NULL";

  private static final String SEALED = "SELECT cpf_sealed FROM parties WHERE id = :id";

  private static final String KNOWN_BY_PHONE =
      "SELECT party_id FROM party_phones JOIN phones ON phones.id = party_phones.phone_id"
          + " WHERE number IN (<contacts>) AND found_at >= :since ORDER BY found_at DESC LIMIT 1";

  private static final String KNOWN_BY_EMAIL =
      "SELECT party_id FROM party_emails JOIN emails ON emails.id = party_emails.email_id"
          + " WHERE email IN (<contacts>) AND found_at >= :since ORDER BY found_at DESC LIMIT 1";

  private static final String NAME_OF = "SELECT full_name FROM parties WHERE id = :id";

  private final Vault vault;

  Parties(Vault vault) {
    this.vault = vault;
  }

  /// The id of the person, who is added when nobody has this CPF yet.
  String of(Handle handle, FoundPerson person, Instant now) {
    String id = byCpf(handle, person.cpf()).orElseGet(() -> add(handle, person, now));
    String name = person.name().orElse(null);
    if (name != null) {
      handle
          .createUpdate(NAME)
          .bind("id", id)
          .bind("name", name)
          .bind("normalized", PersonName.normalised(name))
          .execute();
    }
    return id;
  }

  Optional<String> byCpf(Handle handle, Cpf cpf) {
    return handle
        .createQuery(BY_CPF)
        .bindList("fingerprints", vault.fingerprints(cpf.digits()))
        .mapTo(String.class)
        .findFirst();
  }

  Cpf cpf(Handle handle, String id) {
    String sealed = handle.createQuery(SEALED).bind("id", id).mapTo(String.class).one();
    return Cpf.parse(vault.open(sealed))
        .orElseThrow(() -> new IllegalStateException("party " + id + " has a sealed CPF"));
  }

  @Nullable String name(Handle handle, String id) {
    return handle
        .createQuery(NAME_OF)
        .bind("id", id)
        .map((rs, _) -> Optional.ofNullable(rs.getString(1)))
        .one()
        .orElse(null);
  }

  /// Whom a register named for this phone, in whichever form, not too long ago.
  Optional<String> knownBy(Handle handle, Phone phone, Instant since) {
    return known(handle, KNOWN_BY_PHONE, phone.variants(), since);
  }

  Optional<String> knownBy(Handle handle, EmailAddress email, Instant since) {
    return known(handle, KNOWN_BY_EMAIL, Set.of(email.address()), since);
  }

  private static Optional<String> known(
      Handle handle, String query, Collection<String> contacts, Instant since) {
    return handle
        .createQuery(query)
        .bindList("contacts", contacts)
        .bind("since", EpochMicros.of(since))
        .mapTo(String.class)
        .findFirst();
  }

  private String add(Handle handle, FoundPerson person, Instant now) {
    String name = person.name().orElse(null);
    handle
        .createUpdate(ADD)
        .bind("id", UUID.randomUUID().toString())
        .bind("fingerprint", vault.fingerprint(person.cpf().digits()))
        .bind("sealed", vault.seal(person.cpf().digits()))
        .bind("name", name)
        .bind("normalized", name == null ? null : PersonName.normalised(name))
        .bind("now", EpochMicros.of(now))
        .execute();
    // Another server may have added the same person meanwhile.
    return byCpf(handle, person.cpf()).orElseThrow();
  }
}
