package dev.hooklake.sources.c2s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.signature.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class C2sTest {
  private static final Secret NEXT_TOKEN = Secret.of("next-token");

  private final C2s source = new C2s(C2sSettings.of("c2s", List.of(LeadSamples.TOKEN, NEXT_TOKEN)));

  @Test
  void whileATokenIsChangedBothAreBelieved() {
    assertThat(source.verify(sent("example-token", "", "{}")))
        .isEqualTo(new Verification.Verified(LeadSamples.TOKEN.fingerprint(), null));
    assertThat(source.verify(sent(null, "a=b&token=next-token", "{}")))
        .isEqualTo(new Verification.Verified(NEXT_TOKEN.fingerprint(), null));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', token=",
    "'', token=example-tokeX",
    "'', token=example-token&token=example-token",
    "'', secret=example-token",
    "example-toke, ''",
    "example-tokens, ''",
    "wrong, token=example-token"
  })
  void whatIsNotTheTokenIsRefused(String header, String query) {
    assertThat(source.verify(sent(header.isEmpty() ? null : header, query, "{}")))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void theTokenIsLookedAtBeforeTheBody() {
    Delivery unreadable = sent("intruder", "", "{\"id\":");
    var refused = (Verification.Refused) source.verify(unreadable);
    assertThat(source.refused(refused).status()).isEqualTo(401);
    assertThat(source.refused(refused).body()).doesNotContain("intruder");
  }

  @Test
  void anEventKeepsTheVeryTextThatWasSent() {
    String first =
        "{\"id\":\"a\", \"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\" , \"x\":1.50}}";
    String second = "{\"id\" : \"b\",\"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\"}}";

    assertThat(bodies("[" + first + " ,\n" + second + "]")).containsExactly(first, second);
    assertThat(bodies("{\"data\":[" + first + "," + second + "],\"hook_action\":\"x\"}"))
        .containsExactly(
            "{\"data\":[" + first + "],\"hook_action\":\"x\"}",
            "{\"data\":[" + second + "],\"hook_action\":\"x\"}");
    assertThat(bodies(" " + first)).containsExactly(" " + first);
  }

  @Test
  void neitherTokenNorQueryIsKept() {
    SourceEvent event = source.split(sent("example-token", "token=example-token", "{}")).get(0);
    assertThat(event.headers()).isEqualTo(Headers.of("content-type", "application/json"));
    assertThat(event.path()).isEqualTo("/api/v1/webhooks/c2s");
  }

  @ParameterizedTest
  @CsvSource({
    "on_create_lead, , CREATED",
    "lead.updated, , UPDATED",
    "ON_CLOSE_LEAD, , CLOSED",
    "on_archive_lead, , OTHER",
    ", '\"created_at\":\"2026-01-15T10:00:00Z\"', CREATED",
    ", '\"created_at\":\"2026-01-14T10:00:00Z\"', UPDATED",
    ", '\"archive_details\":{\"archived\":true}', CLOSED",
    ", '\"done_details\":{\"done\":true}', CLOSED",
    "on_update_lead, '\"done_details\":{\"done\":true}', UPDATED"
  })
  void whatHappenedIsReadOrInferred(String sent, String attribute, LeadAction action) {
    String body =
        "{"
            + (sent == null ? "" : "\"hook_action\":\"" + sent + "\",")
            + "\"data\":{\"id\":\"a\",\"attributes\":{"
            + (attribute == null ? "" : attribute + ",")
            + "\"updated_at\":\"2026-01-15T10:00:00Z\"}}}";

    LeadEvent event = LeadEvent.read(Payload.of(body)).orElseThrow();
    assertThat(event.action()).isEqualTo(action);
    assertThat(event.hookAction()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"350.000,00\"', 350000.0",
    "'\"350.000\"', 350000.0",
    "'\"1234,5\"', 1234.5",
    "350000, 350000.0",
    "'\"350.00\"', ",
    "'\"a combinar\"', ",
    "true, "
  })
  void aPriceIsReadAsItsSenderMeansIt(String json, Double price) {
    String body =
        "{\"id\":\"a\",\"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\",\"product\":{\"price\":"
            + json
            + "}}}";
    SourceEvent event = source.split(sent("example-token", "", body)).get(0);
    var row = ((Decoding.Understood) source.decode(event, LeadSamples.RECEIVED)).row();

    assertThat(row.value("price")).isEqualTo(price);
    if (price == null) {
      assertThat(row.value("extra"))
          .isEqualTo("{\"attributes\":{\"product\":{\"price\":" + json + "}}}");
    }
  }

  @Test
  void aContactHasItsPhonesOnceAndTheInternationalOneFirst() {
    LeadEvent event = event("unicode_and_emoji");
    assertThat(event.contact().orElseThrow().phones())
        .containsExactly("+5511900000003", "5511900000003");
    assertThat(event("partial_update").contact()).isEmpty();
    assertThat(event("customer_null").contact()).isEmpty();
    assertThat(event("customer_email_only").contact().orElseThrow().phones()).isEmpty();
  }

  @Test
  void textsAreWhatPeopleWrote() {
    assertThat(event("cpf_in_text_formatted").texts())
        .containsExactly(new LeadText(null, "Meu CPF: 529.982.247-25"));
  }

  @Test
  void aBatchNamesWhatIsWrongWithEachEventThatFails() {
    Delivery batch = LeadSamples.named("mixed_batch").delivery();
    Answer answer = source.accepted(batch, Expected.stored(source, batch));
    assertThat(answer.body())
        .contains("{\"index\":1,\"reason\":\"attributes.updated_at must be")
        .contains("{\"index\":2,")
        .doesNotContain("yesterday");
  }

  private static LeadEvent event(String sample) {
    return LeadEvent.read(Payload.of(LeadSamples.named(sample).body())).orElseThrow();
  }

  private List<String> bodies(String body) {
    return source.split(sent("example-token", "", body)).stream()
        .map(event -> event.body().utf8())
        .toList();
  }

  private static Delivery sent(String token, String query, String body) {
    Headers headers =
        token == null
            ? Headers.of("content-type", "application/json")
            : Headers.of("content-type", "application/json", "x-webhook-token", token);
    return new Delivery(
        "/api/v1/webhooks/c2s", query, headers, Payload.of(body), LeadSamples.RECEIVED);
  }
}
