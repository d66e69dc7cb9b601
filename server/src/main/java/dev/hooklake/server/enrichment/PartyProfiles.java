package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.PersonName;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.person.PersonProfile;
import dev.hooklake.server.enrichment.person.PersonProfile.Address;
import dev.hooklake.server.enrichment.person.PersonProfile.Company;
import dev.hooklake.server.enrichment.person.PersonProfile.KnownPhone;
import dev.hooklake.server.enrichment.person.PersonProfile.Means;
import dev.hooklake.server.enrichment.person.PersonProfile.Reach;
import dev.hooklake.server.operations.EpochMicros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// What registers told of people. A value is never overwritten with nothing, and nothing at all
/// when a newer event has been enriched; within the caller's transaction.
final class PartyProfiles {
  private static final String ENRICH =
      "UPDATE parties SET full_name = COALESCE(:name, full_name),"
          + " normalized_name = COALESCE(:normalized, normalized_name), sex = COALESCE(:sex, sex),"
          + " birth_date = COALESCE(:birthDate, birth_date),"
          + " mother_name = COALESCE(:motherName, mother_name),"
          + " income = COALESCE(:income, income),"
          + " purchasing_power = COALESCE(:purchasingPower, purchasing_power),"
          + " credit_score = COALESCE(:creditScore, credit_score),"
          + " credit_risk = COALESCE(:creditRisk, credit_risk),"
          + " enriched_by = :register, enriched_at = :now, enriched_for = :updatedAt,"
          + " updated_at = :now"
          + " WHERE id = :id AND (enriched_for IS NULL OR enriched_for <= :updatedAt)";

  private static final String FRESH =
      "SELECT COUNT(*) FROM parties WHERE id = :id AND enriched_at >= :since";

  private static final String BY_ID = "SELECT * FROM parties WHERE id = :id";

  private static final String EMAILS =
      "SELECT email FROM party_emails JOIN emails ON emails.id = party_emails.email_id"
          + " WHERE party_id = :id AND ranking < "
          + PartyContacts.UNRANKED
          + " ORDER BY ranking, email";

  private static final String PHONES =
      "SELECT number, is_whatsapp FROM party_phones JOIN phones ON phones.id = party_phones.phone_id"
          + " WHERE party_id = :id AND ranking < "
          + PartyContacts.UNRANKED
          + " ORDER BY ranking, number";

  private static final String ADDRESSES =
      "SELECT * FROM party_addresses WHERE party_id = :id ORDER BY ranking";
  private static final String COMPANIES =
      "SELECT * FROM party_companies WHERE party_id = :id ORDER BY ranking";

  private static final String ADD_ADDRESS =
      "INSERT INTO party_addresses (party_id, ranking, street, district, city, state, postal_code)"
          + " VALUES (:id, :ranking, :street, :district, :city, :state, :postalCode)";
  private static final String ADD_COMPANY =
      "INSERT INTO party_companies (party_id, ranking, cnpj, relation)"
          + " VALUES (:id, :ranking, :cnpj, :relation)";

  private PartyProfiles() {}

  /// Where a profile comes from.
  ///
  /// @param updatedAt of the event that it was asked for
  record Origin(String register, Instant updatedAt, Instant now) {}

  static boolean fresh(Handle handle, String id, Instant since) {
    return handle
            .createQuery(FRESH)
            .bind("id", id)
            .bind("since", EpochMicros.of(since))
            .mapTo(int.class)
            .one()
        > 0;
  }

  static void store(Handle handle, String id, PersonProfile profile, Origin origin) {
    if (!update(handle, id, profile, origin)) {
      return;
    }
    Reach reach = profile.reach();
    var contacts = new PartyContacts(handle, id, origin.now());
    for (int i = 0; i < reach.emails().size(); i++) {
      contacts.listed(reach.emails().get(i), i + 1);
    }
    for (int i = 0; i < reach.phones().size(); i++) {
      KnownPhone known = reach.phones().get(i);
      contacts.listed(known.phone(), i + 1, known.whatsapp());
    }
    if (!reach.addresses().isEmpty()) {
      handle.execute("DELETE FROM party_addresses WHERE party_id = ?", id);
      addAddresses(handle, id, reach.addresses());
    }
    if (!reach.companies().isEmpty()) {
      handle.execute("DELETE FROM party_companies WHERE party_id = ?", id);
      addCompanies(handle, id, reach.companies());
    }
  }

  private static boolean update(Handle handle, String id, PersonProfile profile, Origin origin) {
    String name = profile.name();
    LocalDate birthDate = profile.birthDate();
    Means means = profile.means();
    return handle
            .createUpdate(ENRICH)
            .bind("id", id)
            .bind("name", name)
            .bind("normalized", name == null ? null : PersonName.normalised(name))
            .bind("sex", profile.sex())
            .bind("birthDate", birthDate == null ? null : birthDate.toString())
            .bind("motherName", profile.motherName())
            .bind("income", means.income())
            .bind("purchasingPower", means.purchasingPower())
            .bind("creditScore", means.creditScore())
            .bind("creditRisk", means.creditRisk())
            .bind("register", origin.register())
            .bind("updatedAt", EpochMicros.of(origin.updatedAt()))
            .bind("now", EpochMicros.of(origin.now()))
            .execute()
        > 0;
  }

  private static void addAddresses(Handle handle, String id, List<Address> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      Address address = addresses.get(i);
      handle
          .createUpdate(ADD_ADDRESS)
          .bind("id", id)
          .bind("ranking", i + 1)
          .bind("street", address.street())
          .bind("district", address.district())
          .bind("city", address.city())
          .bind("state", address.state())
          .bind("postalCode", address.postalCode())
          .execute();
    }
  }

  private static void addCompanies(Handle handle, String id, List<Company> companies) {
    for (int i = 0; i < companies.size(); i++) {
      handle
          .createUpdate(ADD_COMPANY)
          .bind("id", id)
          .bind("ranking", i + 1)
          .bind("cnpj", companies.get(i).cnpj())
          .bind("relation", companies.get(i).relation())
          .execute();
    }
  }

  /// What is known of the person; empty when no register has told anything but the name.
  static Optional<PersonProfile> of(Handle handle, String id) {
    Reach reach =
        new Reach(
            list(handle, EMAILS, id, (rs, _) -> new EmailAddress(rs.getString("email"))),
            list(
                handle,
                PHONES,
                id,
                (rs, _) ->
                    new KnownPhone(
                        new Phone(rs.getString("number"), false), rs.getInt("is_whatsapp") > 0)),
            list(handle, ADDRESSES, id, (rs, _) -> address(rs)),
            list(
                handle,
                COMPANIES,
                id,
                (rs, _) -> new Company(rs.getString("cnpj"), rs.getString("relation"))));
    return handle
        .createQuery(BY_ID)
        .bind("id", id)
        .map((rs, _) -> profile(rs, reach))
        .findOne()
        .flatMap(found -> found);
  }

  private static Optional<PersonProfile> profile(ResultSet rs, Reach reach) throws SQLException {
    if (rs.getString("enriched_by") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PersonProfile(
            rs.getString("full_name"),
            date(rs.getString("birth_date")),
            rs.getString("sex"),
            rs.getString("mother_name"),
            new Means(
                rs.getString("income"),
                rs.getString("purchasing_power"),
                rs.getString("credit_score"),
                rs.getString("credit_risk")),
            reach));
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    return text == null ? null : LocalDate.parse(text);
  }

  private static Address address(ResultSet rs) throws SQLException {
    return new Address(
        rs.getString("street"),
        rs.getString("district"),
        rs.getString("city"),
        rs.getString("state"),
        rs.getString("postal_code"));
  }

  private static <T> List<T> list(Handle handle, String query, String id, RowMapper<T> mapper) {
    return handle.createQuery(query).bind("id", id).map(mapper).list();
  }
}
