package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `emails` and `phones`, and whose they are; within the caller's transaction.
final class PartyContacts {
  /// Of a contact by which a person was found, and that no register has ranked.
  static final int UNRANKED = 99;

  private static final String ADD_EMAIL =
      "INSERT INTO emails (id, email, created_at) VALUES (:id, :value, :now)"
          + " ON CONFLICT (email) DO NOTHING";

  private static final String LINK_EMAIL =
      "INSERT INTO party_emails (party_id, email_id, ranking, found_at)"
          + " SELECT :party, id, :ranking, :foundAt FROM emails WHERE email = :value"
          + " ON CONFLICT (party_id, email_id) DO UPDATE SET"
          + " ranking = CASE WHEN excluded.ranking < party_emails.ranking"
          + " THEN excluded.ranking ELSE party_emails.ranking END,"
          + " found_at = COALESCE(excluded.found_at, party_emails.found_at)";

  private static final String ADD_PHONE =
      "INSERT INTO phones (id, number, country_code, created_at)"
          + " VALUES (:id, :value, :country, :now) ON CONFLICT (number) DO NOTHING";

  private static final String LINK_PHONE =
      "INSERT INTO party_phones (party_id, phone_id, ranking, is_whatsapp, found_at)"
          + " SELECT :party, id, :ranking, :whatsapp, :foundAt FROM phones WHERE number = :value"
          + " ON CONFLICT (party_id, phone_id) DO UPDATE SET"
          + " ranking = CASE WHEN excluded.ranking < party_phones.ranking"
          + " THEN excluded.ranking ELSE party_phones.ranking END,"
          + " is_whatsapp = CASE WHEN excluded.is_whatsapp > party_phones.is_whatsapp"
          + " THEN excluded.is_whatsapp ELSE party_phones.is_whatsapp END,"
          + " found_at = COALESCE(excluded.found_at, party_phones.found_at)";

  private final Handle handle;
  private final String party;
  private final Instant now;

  PartyContacts(Handle handle, String party, Instant now) {
    this.handle = handle;
    this.party = party;
    this.now = now;
  }

  /// A register named the person for this contact just now.
  void foundBy(EmailAddress email) {
    link(email, UNRANKED, EpochMicros.of(now));
  }

  void foundBy(Phone phone) {
    link(phone, UNRANKED, false, EpochMicros.of(now));
  }

  void listed(EmailAddress email, int ranking) {
    link(email, ranking, null);
  }

  void listed(Phone phone, int ranking, boolean whatsapp) {
    link(phone, ranking, whatsapp, null);
  }

  private void link(EmailAddress email, int ranking, @Nullable Long foundAt) {
    handle
        .createUpdate(ADD_EMAIL)
        .bind("id", UUID.randomUUID().toString())
        .bind("value", email.address())
        .bind("now", EpochMicros.of(now))
        .execute();
    handle
        .createUpdate(LINK_EMAIL)
        .bind("party", party)
        .bind("value", email.address())
        .bind("ranking", ranking)
        .bind("foundAt", foundAt)
        .execute();
  }

  private void link(Phone phone, int ranking, boolean whatsapp, @Nullable Long foundAt) {
    handle
        .createUpdate(ADD_PHONE)
        .bind("id", UUID.randomUUID().toString())
        .bind("value", phone.e164())
        .bind("country", phone.brazilian() ? "+55" : "")
        .bind("now", EpochMicros.of(now))
        .execute();
    handle
        .createUpdate(LINK_PHONE)
        .bind("party", party)
        .bind("value", phone.e164())
        .bind("ranking", ranking)
        .bind("whatsapp", whatsapp ? 1 : 0)
        .bind("foundAt", foundAt)
        .execute();
  }
}
