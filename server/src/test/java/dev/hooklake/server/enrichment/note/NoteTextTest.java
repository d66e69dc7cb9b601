package dev.hooklake.server.enrichment.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.Decision;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.note.NoteSettings.ShownCpf;
import dev.hooklake.server.enrichment.person.PersonProfile;
import dev.hooklake.server.enrichment.person.PersonProfile.Address;
import dev.hooklake.server.enrichment.person.PersonProfile.Company;
import dev.hooklake.server.enrichment.person.PersonProfile.KnownPhone;
import dev.hooklake.server.enrichment.person.PersonProfile.Means;
import dev.hooklake.server.enrichment.person.PersonProfile.Reach;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoteTextTest {
  private static final String MARK = "hooklake-0123456789abcdef";
  private static final Cpf CPF = Cpf.parse("52998224725").orElseThrow();
  private static final Cpf OTHER = Cpf.parse("11144477735").orElseThrow();

  @Test
  void onePersonWithEverythingThatIsAllowed() {
    var whole =
        new PersonProfile(
            "LEAD TESTE ALFA",
            LocalDate.of(1980, 2, 1),
            "F",
            "MAE EXEMPLO",
            new Means("1234,56", "MEDIO", "500", "MEDIO RISCO"),
            reach(1));

    assertThat(note(new Decision.SamePerson("a"), new Told(CPF, Optional.of(whole), true)))
        .isEqualTo(
            """
            Telefone e e-mail pertencem à mesma pessoa.

            Dados complementares
            Nome: LEAD TESTE ALFA
            CPF: ***.***.***-25
            Atenção: o nome é diferente do informado no lead.
            Nascimento: 01/02/1980
            Sexo: F
            Nome da mãe: MAE EXEMPLO
            Renda: 1234,56
            Poder aquisitivo: MEDIO
            Score: 500
            Faixa de risco: MEDIO RISCO
            E-mails:
            - lead1@example.com
            Telefones:
            - +5511900000001 (WhatsApp)
            Endereços:
            - RUA EXEMPLO 1, CENTRO, CIDADE EXEMPLO, SP, 00000000
            Empresas:
            - 11222333000181 - SOCIO EXEMPLO

            Ref.: hooklake-0123456789abcdef\
            """);
  }

  @Test
  void twoPeopleAreToldApart() {
    String note =
        note(
            new Decision.DifferentPeople("a", "b"),
            new Told(CPF, Optional.of(named("UMA PESSOA")), false),
            new Told(OTHER, Optional.empty(), false));

    assertThat(note)
        .startsWith("Telefone e e-mail pertencem a pessoas diferentes.\n")
        .containsSubsequence(
            "Pessoa 1 (pelo telefone)",
            "UMA PESSOA",
            "***.***.***-25",
            "Pessoa 2 (pelo e-mail)",
            "***.***.***-35",
            "Outros dados não estão disponíveis.");
  }

  @Test
  void whoWasFoundByOneWayOnlyIsNotCalledAnotherPerson() {
    var told = new Told(CPF, Optional.of(named("UMA PESSOA")), false);
    assertThat(note(new Decision.OneSource("a", Via.PHONE), told))
        .startsWith("Pessoa identificada somente pelo telefone.");
    assertThat(note(new Decision.OneSource("a", Via.EMAIL), told))
        .startsWith("Pessoa identificada somente pelo e-mail.");
    assertThat(note(new Decision.OneSource("a", Via.TEXT), told))
        .startsWith("Pessoa identificada pelo CPF informado pelo próprio lead.");
  }

  @Test
  void listsAreCutAndSayHowMuchIsLeft() {
    var many = new PersonProfile("A", null, null, null, Means.UNKNOWN, reach(5));
    assertThat(note(new Decision.SamePerson("a"), new Told(CPF, Optional.of(many), false)))
        .containsSubsequence(
            "E-mails:",
            "- e mais 2",
            "Telefones:",
            "- e mais 2",
            "Endereços:",
            "- e mais 3",
            "Empresas:",
            "- e mais 2")
        .doesNotContain("lead4@example.com");
  }

  @Test
  void aCpfIsShownAsSettingsSay() {
    var told = new Told(CPF, Optional.empty(), false);
    var decision = new Decision.SamePerson("a");
    assertThat(NoteText.of(decision, List.of(told), MARK, settings(ShownCpf.FULL, 5_000)))
        .contains("CPF: 529.982.247-25");
    assertThat(NoteText.of(decision, List.of(told), MARK, settings(ShownCpf.NONE, 5_000)))
        .doesNotContain("CPF:");
  }

  @Test
  void aLongNoteIsCutAtALineAndKeepsItsMark() {
    var many =
        new PersonProfile(
            "N".repeat(300),
            null,
            null,
            "M".repeat(300),
            Means.UNKNOWN,
            new Reach(
                Collections.nCopies(3, new EmailAddress("lead1@example.com")),
                List.of(),
                List.of(),
                List.of()));
    String note =
        NoteText.of(
            new Decision.SamePerson("a"),
            List.of(new Told(CPF, Optional.of(many), false)),
            MARK,
            settings(ShownCpf.MASKED, 500));

    assertThat(note.length()).isLessThanOrEqualTo(500);
    assertThat(note).endsWith("\nRef.: " + MARK).doesNotContain("MM");
  }

  private static String note(Decision decision, Told... people) {
    return NoteText.of(decision, List.of(people), MARK, NoteSettings.DEFAULT);
  }

  private static NoteSettings settings(ShownCpf cpf, int maxChars) {
    return new NoteSettings(cpf, maxChars, 3);
  }

  private static PersonProfile named(String name) {
    return new PersonProfile(name, null, null, null, Means.UNKNOWN, Reach.UNKNOWN);
  }

  private static Reach reach(int each) {
    var numbers = java.util.stream.IntStream.rangeClosed(1, each).boxed().toList();
    return new Reach(
        numbers.stream().map(i -> new EmailAddress("lead" + i + "@example.com")).toList(),
        numbers.stream()
            .map(i -> new KnownPhone(new Phone("+551190000000" + i, false), i == 1))
            .toList(),
        numbers.stream()
            .map(i -> new Address("RUA EXEMPLO " + i, "CENTRO", "CIDADE EXEMPLO", "SP", "00000000"))
            .toList(),
        numbers.stream().map(i -> new Company("1122233300018" + i, "SOCIO EXEMPLO")).toList());
  }
}
