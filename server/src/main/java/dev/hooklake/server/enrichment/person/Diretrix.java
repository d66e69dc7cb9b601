package dev.hooklake.server.enrichment.person;

import static dev.hooklake.server.enrichment.person.Fields.text;
import static dev.hooklake.server.enrichment.person.Fields.textOrEmpty;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.person.PersonProfile.KnownPhone;
import dev.hooklake.server.enrichment.person.PersonProfile.Means;
import dev.hooklake.server.enrichment.person.PersonProfile.Reach;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;

/// A register in the shape of Diretrix: `GET /Consultas/Pessoa/...` with Basic credentials; 404 and
/// 400 alike mean that nobody is known.
public final class Diretrix implements PersonFinder, PersonRegister {
  private static final String PEOPLE = "/Consultas/Pessoa/";

  /// The parts of a street, misspelt by them.
  private static final String[] STREET = {"logadouroTipo", "logadouro", "numero", "complemento"};

  private final RegisterSettings settings;
  private final RemoteService service;
  private final Fields fields;
  private final Answers answers;

  public Diretrix(RegisterSettings settings, RemoteService service) {
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
    return find("Telefone/" + phone.national());
  }

  @Override
  public Lookup<List<FoundPerson>> byEmail(EmailAddress email) throws InterruptedException {
    return find("Email/" + URLEncoder.encode(email.address(), UTF_8).replace("+", "%20"));
  }

  @Override
  public Lookup<PersonProfile> profile(Cpf cpf) throws InterruptedException {
    return answers.read(
        service.call(get(cpf.digits())),
        Diretrix::unknown,
        person ->
            person.path("cpf").isMissingNode()
                ? new Lookup.Unknown<>()
                : new Lookup.Found<>(profile(person)));
  }

  private Lookup<List<FoundPerson>> find(String path) throws InterruptedException {
    return answers.read(
        service.call(get(path)),
        Diretrix::unknown,
        list -> list.isArray() ? people(list) : answers.unreadable());
  }

  private static boolean unknown(int status) {
    return status == 404 || status == 400;
  }

  private static Lookup<List<FoundPerson>> people(JsonNode list) {
    List<FoundPerson> people =
        Fields.items(list)
            .flatMap(one ->
                Fields.cpf(one.path("cpf")).stream()
                    .map(cpf -> new FoundPerson(cpf, text(one.path("nome")))))
            .toList();
    return people.isEmpty() ? new Lookup.Unknown<>() : new Lookup.Found<>(people);
  }

  private PersonProfile profile(JsonNode person) {
    return new PersonProfile(
        fields.allowed(ProfileField.NAME, () -> text(person.path("nome"))).orElse(null),
        fields
            .allowed(ProfileField.BIRTH_DATE, () -> Fields.date(person.path("dataNascimento")))
            .orElse(null),
        fields.allowed(ProfileField.SEX, () -> Fields.sex(person.path("sexo"))).orElse(null),
        fields.allowed(ProfileField.MOTHER_NAME, () -> text(person.path("mae"))).orElse(null),
        Means.UNKNOWN,
        new Reach(
            fields.allowedAll(
                ProfileField.EMAILS,
                person.path("emails"),
                one -> Fields.email(one.path("endereco"))),
            fields.allowedAll(
                ProfileField.PHONES,
                person.path("telefones"),
                one ->
                    Fields.phone(textOrEmpty(one.path("ddd")) + textOrEmpty(one.path("numero")))
                        .map(phone -> new KnownPhone(phone, false))),
            fields.allowedAll(
                ProfileField.ADDRESSES,
                person.path("enderecos"),
                one -> Fields.address(one, STREET)),
            List.of()));
  }

  private HttpRequest get(String path) {
    String credentials = settings.user() + ":" + settings.secret();
    return HttpRequest.newBuilder(URI.create(settings.base() + PEOPLE + path))
        .header("Accept", "application/json")
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
        .build();
  }
}
