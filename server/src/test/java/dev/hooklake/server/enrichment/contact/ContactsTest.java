package dev.hooklake.server.enrichment.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.LeadLines;
import dev.hooklake.sources.c2s.LeadContact;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContactsTest {

  static List<JsonNode> phones() {
    List<JsonNode> vectors = LeadLines.of("phone_vector");
    assertThat(vectors).hasSize(22);
    return vectors;
  }

  @ParameterizedTest
  @MethodSource("phones")
  void everyPhoneIsReadOrRefused(JsonNode vector) {
    Optional<Phone> phone = PhoneNumbers.parse(vector.path("input").asText());

    assertThat(phone.map(Phone::e164).orElse(null)).isEqualTo(vector.path("e164").asText(null));
    assertThat(phone.map(Phone::repaired).orElse(false))
        .isEqualTo(vector.path("note").asText().contains("repair"));
  }

  @ParameterizedTest
  @CsvSource({
    "00 55 11 90000-0001, +5511900000001",
    "0015 55 11 90000-0001, +5511900000001",
    "00 1 415 555 0100, +14155550100",
    "+55 (11) 3000-0001, +551130000001",
    "+55 11 8000-0001, +5511980000001",
    "9090 11 90000-0001, ",
    "0300 000 0001, ",
    "4003 0001, ",
    "11 1000-0001, ",
    "+999 12345678, ",
    "abc, ",
    "'11 90000-0001, 11 90000-0002', "
  })
  void otherFormsOfPhones(String input, String e164) {
    assertThat(PhoneNumbers.parse(input).map(Phone::e164).orElse(null)).isEqualTo(e164);
  }

  @Test
  void aFieldWithTwoNumbersGivesBoth() {
    assertThat(PhoneNumbers.all(List.of("11 90000-0001 / 11 90000-0002", "5511900000001")))
        .extracting(Phone::e164)
        .containsExactly("+5511900000001", "+5511900000002");
  }

  @Test
  void aMobileIsKnownInItsOldFormToo() {
    assertThat(new Phone("+5511900000001", false).variants())
        .containsExactlyInAnyOrder("+5511900000001", "+551100000001");
    assertThat(new Phone("+551130000001", false).variants()).containsExactly("+551130000001");
  }

  @ParameterizedTest
  @CsvSource({
    "LEAD1@Example.COM, lead1@example.com",
    "' a.b+c@mail.example.org ', a.b+c@mail.example.org",
    "nao-tem@999999.com, ",
    "123456789@example.com, ",
    "000000@example.com, ",
    "lead@example, ",
    "lead.example.com, ",
    "a@b@example.com, ",
    ".a@example.com, ",
    "a@-example.com, ",
    "'', "
  })
  void addressesAreReadOrRefused(String text, String address) {
    assertThat(EmailAddress.parse(text).map(EmailAddress::address).orElse(null)).isEqualTo(address);
  }

  @Test
  void placeholdersAreNoContacts() {
    Contacts contacts =
        Contacts.of(
            new LeadContact(
                "Lead", "nao-tem@999999.com", List.of("+5511900000003", "11999999999", "x")));

    assertThat(contacts.email()).isEmpty();
    assertThat(contacts.phones()).extracting(Phone::e164).containsExactly("+5511900000003");
    assertThat(Contacts.of(new LeadContact(null, null, List.of("11999999999"))).none()).isTrue();
  }

  @Test
  void theSameContactsAreTheSameTextHoweverTheyAreWritten() {
    Contacts one =
        Contacts.of(new LeadContact("A", "LEAD@example.com", List.of("(11) 90000-0003")));
    Contacts other =
        Contacts.of(
            new LeadContact("B", "lead@example.com", List.of("+5511900000003", "5511900000003")));

    assertThat(one.canonical()).isEqualTo(other.canonical());
  }

  @Test
  void nothingOfAContactIsPrinted() {
    assertThat(new Phone("+5511900000001", false)).hasToString("+55 11 *****0001");
    assertThat(new EmailAddress("lead@example.com")).hasToString("l***@example.com");
    assertThat(Contacts.of(new LeadContact("Lead", "lead@example.com", List.of("11900000001"))))
        .hasToString("Contacts[e-mail, 1 phones]");
  }

  @ParameterizedTest
  @CsvSource({
    "Lead Teste Alfa, LEAD TESTE ALFA, true",
    "Conceição D'Ávila, CONCEICAO D AVILA DE EXEMPLO, true",
    "Maria da Silva, MARIA SILVA, true",
    "Maria, MARIA APARECIDA EXEMPLO, true",
    "Maria Silva, JOAO SILVA, false",
    "Maria, , false",
    "'', JOAO, false"
  })
  void namesAreAlikeWhenMostOfTheShorterOneIsInTheOther(String one, String other, boolean alike) {
    assertThat(PersonName.alike(one, other == null ? "" : other)).isEqualTo(alike);
  }
}
