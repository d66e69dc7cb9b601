package dev.hooklake.server.enrichment.person;

import static dev.hooklake.server.enrichment.person.Fields.text;
import static dev.hooklake.server.enrichment.person.Fields.textOrEmpty;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.person.PersonProfile.Company;
import dev.hooklake.server.enrichment.person.PersonProfile.KnownPhone;
import dev.hooklake.server.enrichment.person.PersonProfile.Means;
import dev.hooklake.server.enrichment.person.PersonProfile.Reach;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A register in the shape of the Work API: one address, a `modulo` and a `consulta`, a token in
/// the query. Its failures travel inside answers of status 200.
public final class WorkApi implements PersonFinder, PersonRegister {
  private static final int NOT_ALLOWED = 403;

  /// The parts of a street.
  private static final String[] STREET = {
    "tipoLogradouro", "logradouro", "logradouroNumero", "complemento"
  };

  private final RegisterSettings settings;
  private final RemoteService service;
  private final Fields fields;
  private final Answers answers;

  public WorkApi(RegisterSettings settings, RemoteService service) {
    this.settings = settings;
    this.service = service;
    this.fields = new Fields(settings.allowed());
    this.answers = new Answers(settings.name(), service);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Lookup<List<FoundPerson>> byPhone(Phone phone) throws InterruptedException {
    return ask("phone", phone.national(), WorkApi::people);
  }

  @Override
  public Lookup<List<FoundPerson>> byEmail(EmailAddress email) throws InterruptedException {
    return ask("email", email.address(), WorkApi::people);
  }

  @Override
  public Lookup<PersonProfile> profile(Cpf cpf) throws InterruptedException {
    return ask(
        "cpf",
        cpf.digits(),
        answer ->
            answer.path("DadosBasicos").isObject()
                ? Optional.of(profile(answer))
                : Optional.empty());
  }

  private <T> Lookup<T> ask(String module, String question, Function<JsonNode, Optional<T>> read)
      throws InterruptedException {
    return answers.read(
        service.call(get(module, question)),
        status -> status == 404,
        answer -> {
          if (answer.path("status").asInt() == NOT_ALLOWED) {
            return answers.refused();
          }
          return read.apply(answer)
              .<Lookup<T>>map(Lookup.Found::new)
              .orElseGet(Lookup.Unknown::new);
        });
  }

  private static Optional<List<FoundPerson>> people(JsonNode answer) {
    List<FoundPerson> people =
        Fields.items(answer.path("msg"))
            .flatMap(one ->
                Fields.cpf(one.path("cpf_cnpj")).stream()
                    .map(cpf -> new FoundPerson(cpf, text(one.path("nome")))))
            .toList();
    return people.isEmpty() ? Optional.empty() : Optional.of(people);
  }

  private PersonProfile profile(JsonNode answer) {
    JsonNode basics = answer.path("DadosBasicos");
    return new PersonProfile(
        fields.allowed(ProfileField.NAME, () -> text(basics.path("nome"))).orElse(null),
        fields
            .allowed(ProfileField.BIRTH_DATE, () -> Fields.date(basics.path("dataNascimento")))
            .orElse(null),
        fields.allowed(ProfileField.SEX, () -> Fields.sex(basics.path("sexo"))).orElse(null),
        fields.allowed(ProfileField.MOTHER_NAME, () -> text(basics.path("nomeMae"))).orElse(null),
        means(answer.path("DadosEconomicos")),
        reach(answer));
  }

  private Means means(JsonNode money) {
    JsonNode power = money.path("poderAquisitivo");
    JsonNode score = money.path("score");
    return new Means(
        fields.allowed(ProfileField.INCOME, () -> text(money.path("renda"))).orElse(null),
        fields
            .allowed(
                ProfileField.PURCHASING_POWER, () -> text(power.path("poderAquisitivoDescricao")))
            .orElse(null),
        fields.allowed(ProfileField.CREDIT_SCORE, () -> text(score.path("scoreCSBA"))).orElse(null),
        fields
            .allowed(ProfileField.CREDIT_SCORE, () -> text(score.path("scoreCSBAFaixaRisco")))
            .orElse(null));
  }

  private Reach reach(JsonNode answer) {
    return new Reach(
        fields.allowedAll(
            ProfileField.EMAILS, answer.path("emails"), one -> Fields.email(one.path("email"))),
        fields.allowedAll(
            ProfileField.PHONES,
            answer.path("telefones"),
            one ->
                Fields.phone(textOrEmpty(one.path("telefone")))
                    .map(phone ->
                        new KnownPhone(phone, textOrEmpty(one.path("whatsapp")).equals("SIM")))),
        fields.allowedAll(
            ProfileField.ADDRESSES, answer.path("enderecos"), one -> Fields.address(one, STREET)),
        fields.allowedAll(ProfileField.COMPANIES, answer.path("empresas"), WorkApi::company));
  }

  private static Optional<Company> company(JsonNode one) {
    return text(one.path("cnpj"))
        .filter(cnpj -> cnpj.matches("[0-9A-Z]{12}[0-9]{2}"))
        .map(cnpj -> new Company(cnpj, textOrEmpty(one.path("relacao"))));
  }

  private HttpRequest get(String module, String question) {
    String query =
        "?token=%s&modulo=%s&consulta=%s"
            .formatted(encoded(settings.secret()), module, encoded(question));
    return HttpRequest.newBuilder(URI.create(settings.base() + query))
        .header("Accept", "application/json")
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
