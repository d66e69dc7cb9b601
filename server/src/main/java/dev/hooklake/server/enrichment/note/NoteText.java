package dev.hooklake.server.enrichment.note;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.Decision;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.person.PersonProfile;
import dev.hooklake.server.enrichment.person.PersonProfile.Means;
import dev.hooklake.server.enrichment.person.PersonProfile.Reach;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a note: a first line that says whom the contacts belong to, then each person, and last
/// the mark by which the note is recognised.
///
/// Figures stand as the register gives them. The same input gives the same text.
public final class NoteText {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy");
  private static final int MOST_EMAILS = 3;
  private static final int MOST_PHONES = 3;
  private static final int MOST_ADDRESSES = 2;
  private static final int MOST_COMPANIES = 3;

  private final NoteSettings settings;
  private final List<String> lines = new ArrayList<>();

  private NoteText(NoteSettings settings) {
    this.settings = settings;
  }

  /// The text of a note.
  ///
  /// @param people those of the decision, in its order
  public static String of(
      Decision decision, List<Told> people, String mark, NoteSettings settings) {
    var note = new NoteText(settings);
    note.lines.add(head(decision));
    for (int i = 0; i < people.size(); i++) {
      note.lines.add("");
      note.person(title(decision, i), people.get(i));
    }
    return note.cut("Ref.: " + mark);
  }

  private static String head(Decision decision) {
    return switch (decision) {
      case Decision.SamePerson _ -> "Telefone e e-mail pertencem à mesma pessoa.";
      case Decision.DifferentPeople _ -> "Telefone e e-mail pertencem a pessoas diferentes.";
      case Decision.OneSource(_, Via via) ->
          switch (via) {
            case TEXT -> "Pessoa identificada pelo CPF informado pelo próprio lead.";
            case PHONE -> "Pessoa identificada somente pelo telefone.";
            case EMAIL -> "Pessoa identificada somente pelo e-mail.";
          };
      case Decision.Nobody _ -> "Nenhuma pessoa foi identificada pelos contatos do lead.";
    };
  }

  private static String title(Decision decision, int position) {
    if (decision instanceof Decision.DifferentPeople) {
      return position == 0 ? "Pessoa 1 (pelo telefone)" : "Pessoa 2 (pelo e-mail)";
    }
    return "Dados complementares";
  }

  private void person(String title, Told told) {
    lines.add(title);
    PersonProfile profile = told.profile().orElse(null);
    line("Nome", profile == null ? null : profile.name());
    line("CPF", shown(told.cpf()));
    if (told.nameDiffers()) {
      lines.add("Atenção: o nome é diferente do informado no lead.");
    }
    if (profile == null) {
      lines.add("Outros dados não estão disponíveis.");
      return;
    }
    line("Nascimento", profile.birthDate() == null ? null : DATE.format(profile.birthDate()));
    line("Sexo", profile.sex());
    line("Nome da mãe", profile.motherName());
    means(profile.means());
    reach(profile.reach());
  }

  private @Nullable String shown(Cpf cpf) {
    return switch (settings.cpf()) {
      case MASKED -> cpf.masked();
      case FULL -> cpf.formatted();
      case NONE -> null;
    };
  }

  private void means(Means means) {
    line("Renda", means.income());
    line("Poder aquisitivo", means.purchasingPower());
    line("Score", means.creditScore());
    line("Faixa de risco", means.creditRisk());
  }

  private void reach(Reach reach) {
    list("E-mails", reach.emails(), MOST_EMAILS, email -> email.address());
    list(
        "Telefones",
        reach.phones(),
        MOST_PHONES,
        known -> known.phone().e164() + (known.whatsapp() ? " (WhatsApp)" : ""));
    list(
        "Endereços",
        reach.addresses(),
        MOST_ADDRESSES,
        address ->
            Stream.of(
                    address.street(),
                    address.district(),
                    address.city(),
                    address.state(),
                    address.postalCode())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", ")));
    list(
        "Empresas",
        reach.companies(),
        MOST_COMPANIES,
        company ->
            company.cnpj() + (company.relation().isBlank() ? "" : " - " + company.relation()));
  }

  private void line(String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      lines.add(label + ": " + value.strip());
    }
  }

  private <T> void list(String label, List<T> items, int most, Function<T, String> text) {
    if (items.isEmpty()) {
      return;
    }
    lines.add(label + ":");
    items.stream().limit(most).forEach(item -> lines.add("- " + text.apply(item)));
    if (items.size() > most) {
      lines.add("- e mais " + (items.size() - most));
    }
  }

  /// The mark is never cut off: by it the note is known.
  private String cut(String last) {
    var text = new StringBuilder();
    int room = settings.maxChars() - last.length() - 2;
    for (String line : lines) {
      if (text.length() + line.length() + 1 > room) {
        break;
      }
      text.append(line).append('\n');
    }
    return text.append('\n').append(last).toString();
  }
}
