package dev.hooklake.server.enrichment.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.LeadLines;
import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallMeters;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.call.SharedPace;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The registers' answers as the sample lines have them.
class RegistersTest {
  private static final Phone PHONE = new Phone("+5511900000001", false);
  private static final EmailAddress EMAIL = new EmailAddress("lead1@example.com");
  private static final Cpf CPF = Cpf.parse("52998224725").orElseThrow();

  private final AtomicReference<Ask> asked = new AtomicReference<>();
  private final AtomicReference<Reply> reply = new AtomicReference<>(Reply.text(404, ""));
  private final FakeServer fake =
      new FakeServer(
          Integer.MAX_VALUE,
          Reply.text(429, ""),
          ask -> {
            asked.set(ask);
            return reply.get();
          });
  private final HttpClient http = HttpClient.newHttpClient();
  private final OperationsDatabase database;

  RegistersTest(@TempDir Path directory) {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
  }

  @AfterEach
  void close() {
    http.close();
    fake.close();
    database.close();
  }

  @Test
  void aPhoneIsAskedAboutWithoutTheCountry() throws Exception {
    answer("cpf_by_phone_hit");
    assertThat(diretrix().byPhone(PHONE))
        .isEqualTo(
            new Lookup.Found<>(List.of(new FoundPerson(CPF, Optional.of("LEAD TESTE ALFA")))));
    assertThat(asked.get().path()).isEqualTo("/Consultas/Pessoa/Telefone/11900000001");
    assertThat(asked.get().authorization()).startsWith("Basic ");
  }

  @Test
  void anEmailIsAskedAboutEscaped() throws Exception {
    answer("cpf_by_email_same_person");
    assertThat(diretrix().byEmail(EMAIL)).isInstanceOf(Lookup.Found.class);
    assertThat(asked.get().path()).isEqualTo("/Consultas/Pessoa/Email/lead1@example.com");
  }

  @Test
  void whoHasNoDocumentIsLeftOut() throws Exception {
    answer("cpf_lookup_many");
    var found = (Lookup.Found<List<FoundPerson>>) diretrix().byPhone(PHONE);
    assertThat(found.value())
        .singleElement()
        .extracting(person -> person.cpf().digits())
        .isEqualTo("12345678909");
  }

  @ParameterizedTest
  @CsvSource({"cpf_lookup_empty", "cpf_lookup_not_found"})
  void nobodyIsNoFailure(String sample) throws Exception {
    answer(sample);
    assertThat(diretrix().byPhone(PHONE)).isInstanceOf(Lookup.Unknown.class);
    reply.set(Reply.text(400, "nada"));
    assertThat(diretrix().byEmail(EMAIL)).isInstanceOf(Lookup.Unknown.class);
  }

  @Test
  void aProfileHoldsWhatIsAllowedAndNothingElse() throws Exception {
    answer("enrich_cpf_hit");
    PersonProfile profile = profile(workApi(ProfileField.DEFAULT));

    assertThat(profile.name()).isEqualTo("LEAD TESTE ALFA");
    assertThat(profile.birthDate()).isEqualTo(LocalDate.of(1980, 2, 1));
    assertThat(profile.sex()).isEqualTo("F");
    assertThat(profile.motherName()).isNull();
    assertThat(profile.means()).isEqualTo(PersonProfile.Means.UNKNOWN);
    assertThat(profile.reach().emails()).containsExactly(EMAIL);
    assertThat(profile.reach().phones()).containsExactly(new PersonProfile.KnownPhone(PHONE, true));
    assertThat(profile.reach().addresses().getFirst().street()).isEqualTo("RUA EXEMPLO 100");
    assertThat(profile.reach().companies())
        .containsExactly(new PersonProfile.Company("11222333000181", "SOCIO EXEMPLO"));
    assertThat(asked.get().query())
        .containsEntry("modulo", "cpf")
        .containsEntry("consulta", "52998224725");
  }

  @Test
  void theAllowListWidensAndNarrows() throws Exception {
    answer("enrich_cpf_hit");
    PersonProfile everything = profile(workApi(EnumSet.allOf(ProfileField.class)));
    PersonProfile nothing = profile(workApi(Set.of()));

    assertThat(everything.motherName()).isEqualTo("MAE EXEMPLO");
    assertThat(everything.means())
        .isEqualTo(new PersonProfile.Means("1234,56", "MEDIO", "500", "MEDIO RISCO"));
    assertThat(nothing)
        .isEqualTo(
            new PersonProfile(
                null, null, null, null, PersonProfile.Means.UNKNOWN, PersonProfile.Reach.UNKNOWN));
  }

  @Test
  void failuresInsideA200AreFailures() throws Exception {
    answer("enrich_token_rejected_inside_200");
    assertThat(failure(workApi(ProfileField.DEFAULT).profile(CPF)).kind())
        .isEqualTo(Failure.Kind.REFUSED);
    answer("enrich_cpf_not_found");
    assertThat(workApi(ProfileField.DEFAULT).profile(CPF)).isInstanceOf(Lookup.Unknown.class);
    reply.set(Reply.text(200, "<html>"));
    assertThat(failure(workApi(ProfileField.DEFAULT).profile(CPF)).kind())
        .isEqualTo(Failure.Kind.UNREADABLE);
  }

  @Test
  void aDocumentPaddedLikeACompanysIsRead() throws Exception {
    answer("enrich_by_phone");
    var found = (Lookup.Found<List<FoundPerson>>) workApi(ProfileField.DEFAULT).byPhone(PHONE);
    assertThat(found.value().getFirst().cpf()).isEqualTo(CPF);
  }

  @Test
  void noAnswerInTimeIsLost() throws Exception {
    assertThat(
            LeadLines.named("provider_fake", "enrich_timeout")
                .path("response")
                .path("http")
                .asText())
        .isEqualTo("timeout");
    fake.next(new dev.hooklake.testkit.http.Fault.Silence());
    var hasty =
        new WorkApi(
            settings("workapi", fake.url().resolve("/api"), ProfileField.DEFAULT),
            service("workapi", Duration.ofSeconds(1)));
    assertThat(failure(hasty.profile(CPF)).kind()).isEqualTo(Failure.Kind.LOST);
  }

  @Test
  void badCredentialsAreNamedAsSuch() throws Exception {
    reply.set(Reply.text(401, ""));
    assertThat(failure(diretrix().byPhone(PHONE)).reason())
        .isEqualTo("diretrix does not accept our credentials");
  }

  @Test
  void theOtherShapeHasProfilesToo() throws Exception {
    reply.set(
        Reply.text(
            200,
            "{\"nome\":\"LEAD\",\"cpf\":\"52998224725\",\"sexo\":\"X\",\"dataNascimento\":\"31/02/1980\","
                + "\"telefones\":[{\"ddd\":11,\"numero\":\"900000001\"}],"
                + "\"emails\":[{\"endereco\":\"LEAD1@EXAMPLE.COM\"}],"
                + "\"enderecos\":[{\"logadouroTipo\":\"RUA\",\"logadouro\":\"EXEMPLO\",\"cidade\":\"C\"}]}"));
    PersonProfile profile = profile(diretrix());

    assertThat(profile.sex()).isNull();
    assertThat(profile.birthDate()).isNull();
    assertThat(profile.reach().phones()).extracting(known -> known.phone()).containsExactly(PHONE);
    assertThat(profile.reach().emails()).containsExactly(EMAIL);
    assertThat(profile.reach().addresses().getFirst().street()).isEqualTo("RUA EXEMPLO");
  }

  private void answer(String sample) {
    JsonNode response = LeadLines.named("provider_fake", sample).path("response");
    reply.set(
        response.has("body")
            ? Reply.json(response.path("http").asInt(), response.path("body"))
            : Reply.text(response.path("http").asInt(), ""));
  }

  private static PersonProfile profile(PersonRegister register) throws InterruptedException {
    return ((Lookup.Found<PersonProfile>) register.profile(CPF)).value();
  }

  private static Failure failure(Lookup<?> lookup) {
    return ((Lookup.Failed<?>) lookup).failure();
  }

  private Diretrix diretrix() {
    return new Diretrix(
        settings("diretrix", fake.url(), ProfileField.DEFAULT), service("diretrix"));
  }

  private WorkApi workApi(Set<ProfileField> allowed) {
    return new WorkApi(
        settings("workapi", fake.url().resolve("/api"), allowed), service("workapi"));
  }

  private static RegisterSettings settings(String name, URI url, Set<ProfileField> allowed) {
    return new RegisterSettings(name, url, "user", "password", allowed);
  }

  private RemoteService service(String name) {
    return service(name, Duration.ofSeconds(30));
  }

  private RemoteService service(String name, Duration longestWait) {
    var limits =
        new CallLimits(
            1_000_000,
            Duration.ofMinutes(1),
            4,
            longestWait,
            new CallLimits.BreakerLimits(100, 100, Duration.ofSeconds(1)));
    InstantSource clock = InstantSource.system();
    return new RemoteService(
        name,
        limits,
        new SharedPace(name, limits, database, clock),
        new RemoteService.Parts(
            http, new Ending(), clock, new CallMeters(new SimpleMeterRegistry())));
  }
}
