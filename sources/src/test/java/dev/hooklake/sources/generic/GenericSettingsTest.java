package dev.hooklake.sources.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Reason;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.signature.Secret;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenericSettingsTest {
  private static final String MINIMAL =
      "{\"verification\":{\"type\":\"token\",\"header\":\"X-Token\"},"
          + "\"row\":{\"channel\":\"email\",\"metric\":\"/event\"}}";

  @Test
  void aNewProviderNeedsNothingButSettings() throws Exception {
    GenericSource source =
        source(
            "{'verification':{'type':'hmac','algorithm':'sha512','encoding':'base64url',"
                + "'secret-encoding':'hex','signature':{'header':'X-Sig','prefix':'v1='},"
                + "'content':'{header:X-Id}.{timestamp}.{body}',"
                + "'timestamp':{'header':'X-Time','tolerance':'60s'}},"
                + "'events':{'split':'/events','key':'header:X-Id'},"
                + "'row':{'channel':{'from':'/events/0/kind','values':{'mail':'email'}},"
                + "'metric':{'from':'/events/0/what','values':{'arrived':'delivered'}},"
                + "'timestamp':{'from':'/events/0/at','format':'rfc-2822'},"
                + "'columns':{'recipient':'/events/0/to','sender':'no-reply@acme.example'}},"
                + "'answers':{'accepted-status':'202','accepted-body':'ok',"
                + "'content-type':'text/plain','refused-status':404}}",
            "00ff");
    assertThat(source.accepted(1, 0)).isEqualTo(new Answer(202, "text/plain", "ok"));
    assertThat(source.refused(new Refused(Reason.SIGNATURE_WRONG, "m")).status()).isEqualTo(404);

    Delivery delivery =
        Signed.delivery(
            Signed.JSON,
            "{\"batch\":7,\"events\":[{\"kind\":\"mail\",\"what\":\"arrived\",\"to\":\"a@b.example\","
                + "\"at\":\"Wed, 28 Oct 2026 14:07:41 +0000\"},{\"kind\":\"fax\",\"what\":\"sent\"}]}",
            "X-Id",
            "d1");
    List<SourceEvent> events = source.split(delivery);
    assertThat(events).extracting(SourceEvent::eventKey).containsExactly("d1:0", "d1:1");
    var row = ((Decoding.Understood) source.decode(events.get(0), Signed.NOW)).row();
    assertThat(Expected.filled(row))
        .containsAllEntriesOf(
            Map.of(
                "metric", "delivered",
                "recipient", "a@b.example",
                "sender", "no-reply@acme.example",
                "occurred_at", "2026-10-28T14:07:41Z"));
    assertThat((String) row.value("extra")).contains("\"batch\":7");
    assertThat(reason(source, events.get(1))).isEqualTo(Decoding.Reason.OBJECT_TYPE_UNKNOWN);
  }

  @Test
  void theKeyIsTheDigestWhenNothingElseIsGivenOrItsFirstPartIsMissing() throws Exception {
    SourceEvent byDefault = only(source(MINIMAL), "{\"event\":\"sent\"}");
    assertThat(byDefault.eventKey()).startsWith("sha256:").hasSize(7 + 64);
    GenericSource keyed =
        source(MINIMAL.replace("\"row\"", "\"events\":{\"key\":[\"/id | /uid\",\"/n\"]},\"row\""));
    assertThat(only(keyed, "{\"id\":\"a\",\"n\":1}").eventKey()).isEqualTo("a:1");
    assertThat(only(keyed, "{\"uid\":\"b\"}").eventKey()).isEqualTo("b:");
    assertThat(only(keyed, "{\"n\":1}").eventKey()).startsWith("sha256:");
    assertThat(only(keyed, "{\"id\":\"" + "x".repeat(300) + "\"}").eventKey())
        .startsWith("sha256:");
    assertThat(only(keyed, "no json").eventKey()).startsWith("sha256:");
  }

  @Test
  void whatTheRulesDoNotFindIsSetAsideWithItsReason() throws Exception {
    GenericSource source =
        source(
            MINIMAL.replace(
                "\"/event\"",
                "\"/event\",\"timestamp\":{\"from\":\"/at\",\"format\":\"epoch-millis\"}"));
    assertThat(reason(source, only(source, ""))).isEqualTo(Decoding.Reason.NOT_JSON);
    assertThat(reason(source, only(source, "[1]"))).isEqualTo(Decoding.Reason.NOT_AN_OBJECT);
    assertThat(reason(source, only(source, "{}"))).isEqualTo(Decoding.Reason.METRIC_MISSING);
    assertThat(reason(source, only(source, "{\"event\":{}}")))
        .isEqualTo(Decoding.Reason.METRIC_MISSING);
    assertThat(reason(source, only(source, "{\"event\":\"sent\",\"at\":\"noon\"}")))
        .isEqualTo(Decoding.Reason.TIMESTAMP_UNUSABLE);
    assertThat(reason(source, only(source, "{\"event\":\"sent\"}")))
        .isEqualTo(Decoding.Reason.TIMESTAMP_UNUSABLE);
  }

  @Test
  void aBodyWithMoreEventsThanCanBeTakenApartIsSetAsideWhole() throws Exception {
    GenericSource source =
        source(MINIMAL.replace("\"row\"", "\"events\":{\"split\":\"/e\"},\"row\""));
    SourceEvent event = only(source, "{\"event\":\"sent\",\"e\":[1" + ",1".repeat(10_000) + "]}");
    assertThat(reason(source, event)).isEqualTo(Decoding.Reason.FIELD_UNUSABLE);
  }

  @Test
  void onlyHeadersThatRowsAreMadeFromAreKept() throws Exception {
    GenericSource source = source(MINIMAL.replace("\"/event\"", "[\"header:X-Event\",\"/event\"]"));
    Delivery delivery =
        Signed.delivery(Signed.JSON, "{}", "X-Event", "sent", "X-Token", "secret", "Cookie", "c");
    SourceEvent event = source.split(delivery).get(0);
    assertThat(event.headers().values()).containsOnlyKeys("content-type", "x-event");
    assertThat(source.decode(event, Signed.NOW)).isInstanceOf(Decoding.Understood.class);
  }

  @Test
  void severalSecretsWorkWhileOneIsChanged() throws Exception {
    var source =
        new GenericSource(
            GenericSettings.read(
                "s",
                tree(MINIMAL),
                List.of(Secret.of("old"), Secret.of("new")),
                PublicAddress.OF_REQUEST));
    for (String token : List.of("old", "new")) {
      assertThat(source.verify(Signed.delivery(Signed.JSON, "{}", "X-Token", token)))
          .isEqualTo(new Verified(Secret.of(token).fingerprint(), null));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{} # verification.type # hmac",
        "{'verification':{'type':'hmca'}} # verification.type # standard-webhooks",
        "{'verification':{'type':'hmac'}} # verification.signature.header # X-Signature",
        "{'verification':{'type':'hmac','signature':{'header':'X','json':'/y'}}}"
            + " # verification.signature.header # one of query",
        "{'verification':{'type':'hmac','signature':{'json':'y'}}}"
            + " # verification.signature.json # starts with /",
        "{'verification':{'type':'hmac','signature':{'header':'X'},'content':'{bodi}'}}"
            + " # verification.content # {body}",
        "{'verification':{'type':'hmac','signature':{'header':'X'},'content':'{timestamp}{body}'}}"
            + " # verification.type # say where it stands",
        "{'verification':{'type':'hmac','signature':{'header':'X'},"
            + "'timestamp':{'header':'T','tolerance':'soon'}}}"
            + " # verification.timestamp.tolerance # 5m",
        "{'verification':{'type':'hmac','signature':{'header':'X'},'algorithm':'md5'}}"
            + " # verification.algorithm # sha256",
        "{'verification':{'type':'ed25519','signature':{'header':'X'}}}"
            + " # verification.type # copy its",
        "{'verification':{'type':'token'}} # verification.type # name a header",
        "{'verification':{'type':'basic'}} # verification.type # user:password",
        "{'verification':'hmac'} # verification # below it",
        "{'events':{'split':'e'}} # events.split # start with /",
        "{'events':{'key':'id'}} # events.key # header:Name",
        "{'events':{'keys':'/id'}} # events.keys # known are",
        "{'row':{'metric':'/e'}} # row.channel # email",
        "{'row':{'channel':'mail'}} # row.channel # in_app",
        "{'row':{'channel':'email'}} # row.metric # /event",
        "{'row':{'metric':{'values':{'a':'b'}}}} # row.metric.from # /event",
        "{'row':{'columns':{'recipent':'/to'}}} # row.columns.recipent # tables.md",
        "{'row':{'columns':{'event_id':'/id'}}} # row.columns.event_id # leave it out",
        "{'row':{'timestamp':{'from':'/t','format':'unix'}}} # row.timestamp.format # epoch-seconds",
        "{'answers':{'accepted-status':500}} # answers.accepted-status # 200",
        "{'handshake':{'token':'x'}} # handshake.token-parameter # hub.verify_token",
        "{'verfication':{}} # verfication # verification"
      })
  void whatCannotBeMeantIsNamedWithItsRemedy(String settings, String path, String remedy) {
    SettingsRefused refused =
        catchThrowableOfType(SettingsRefused.class, () -> source(settings.replace('\'', '"')));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.problems())
        .anySatisfy(problem -> {
          assertThat(problem.path()).isEqualTo(path);
          assertThat(problem.reason() + problem.remedy()).contains(remedy);
        });
  }

  @Test
  void everyProblemIsToldAtOnceAndNoSecretWithThem() {
    SettingsRefused refused =
        catchThrowableOfType(
            SettingsRefused.class,
            () ->
                source(
                    "{\"verification\":{\"type\":\"basic\"},\"row\":{\"x\":1},\"y\":{}}",
                    "my-password"));
    assertThat(refused.problems()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(refused.getMessage()).contains("row.channel", "row.x").doesNotContain("my-password");
  }

  @Test
  void noBodyMakesAPresetThrow() throws Exception {
    var random = new Random(20_260_306);
    List<String> samples =
        List.of("{\"event\":\"sent\",\"entry\":[{\"changes\":[{}]}]}", "a=1&b=%");
    for (String preset : Presets.names()) {
      if (preset.equals("sendgrid")) {
        continue;
      }
      var source =
          new GenericSource(
              GenericSettings.read(
                  preset,
                  Presets.tree(preset, Json.object()),
                  List.of(Secret.of("u:p")),
                  PublicAddress.OF_REQUEST));
      for (int round = 0; round < 500; round++) {
        byte[] body = Payload.of(samples.get(round % 2)).unsafeBytes().clone();
        body[random.nextInt(body.length)] = (byte) random.nextInt(128);
        Headers headers =
            Headers.of("content-type", round % 2 == 0 ? Signed.JSON : Signed.FORM, "host", "h");
        var delivery = new Delivery("/p", "", headers, Payload.wrap(body), Signed.NOW);
        assertThat(source.verify(delivery)).isInstanceOf(Refused.class);
        for (SourceEvent event : source.split(delivery)) {
          assertThat(source.decode(event, Signed.NOW)).isEqualTo(source.decode(event, Signed.NOW));
        }
        assertThat(source.accepted(delivery, Expected.stored(source, delivery)).status())
            .isEqualTo(200);
      }
    }
  }

  private static Decoding.Reason reason(GenericSource source, SourceEvent event) {
    return ((Decoding.NotUnderstood) source.decode(event, Signed.NOW)).reason();
  }

  private static SourceEvent only(GenericSource source, String body) {
    List<SourceEvent> events = source.split(Signed.delivery(Signed.JSON, body));
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static GenericSource source(String settings) throws SettingsRefused {
    return source(settings, "secret");
  }

  private static GenericSource source(String settings, String key) throws SettingsRefused {
    return new GenericSource(
        GenericSettings.read(
            "mine", tree(settings), List.of(Secret.of(key)), PublicAddress.OF_REQUEST));
  }

  private static ObjectNode tree(String settings) {
    return (ObjectNode) Json.parse(Payload.of(settings.replace('\'', '"'))).orElseThrow();
  }
}
