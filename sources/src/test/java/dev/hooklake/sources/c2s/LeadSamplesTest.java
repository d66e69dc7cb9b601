package dev.hooklake.sources.c2s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.c2s.LeadSamples.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every sample line is answered as its sender expects; where the older guide says nothing, or two
/// things, `DECIDED` says what we do.
class LeadSamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Status, received, processed, duplicates, failed.
  private static final Map<String, List<Integer>> DECIDED =
      Map.ofEntries(
          Map.entry("single_data_envelope_full", List.of(200, 1, 0, 1, 0)),
          Map.entry("single_hook_action_plus_lead", List.of(200, 1, 0, 1, 0)),
          Map.entry("single_hook_action_plus_data", List.of(200, 1, 1, 0, 0)),
          Map.entry("batch_data_array", List.of(200, 2, 2, 0, 0)),
          Map.entry("timestamp_naive", List.of(200, 1, 1, 0, 0)),
          Map.entry("timestamp_space_offset", List.of(200, 1, 1, 0, 0)),
          Map.entry("mixed_batch", List.of(200, 4, 1, 1, 2)),
          Map.entry("mixed_batch_one_without_id", List.of(200, 2, 1, 0, 1)),
          Map.entry("empty_array", List.of(400, 1, 0, 0, 1)),
          Map.entry("auth_token_in_query", List.of(200, 1, 1, 0, 0)));

  private final C2s source = LeadSamples.source(LeadKey.UPDATED_AT);
  private final Set<String> seen = new HashSet<>();

  @Test
  void everySampleIsAnsweredAsItsSenderExpects() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Sample sample : LeadSamples.all()) {
      String expected = expected(sample);
      String actual = actual(receive(sample.delivery()));
      if (!expected.equals(actual)) {
        wrong.add(sample.name() + ": expected " + expected + ", was " + actual);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(LeadSamples.all()).hasSize(54);
  }

  @Test
  void everyEventIsARowOrIsQuarantinedWithAReason() {
    Map<String, Integer> quarantined = new HashMap<>();
    for (Sample sample : LeadSamples.all()) {
      for (SourceEvent event : source.split(sample.delivery())) {
        switch (source.decode(event, LeadSamples.RECEIVED).getClass().getSimpleName()) {
          case "Understood" -> assertThat(event.eventKey()).doesNotStartWith("sha256:");
          default -> {
            assertThat(event.eventKey()).startsWith("sha256:");
            var why = (Decoding.NotUnderstood) source.decode(event, LeadSamples.RECEIVED);
            quarantined.merge(why.reason().name(), 1, Integer::sum);
          }
        }
      }
    }
    assertThat(quarantined)
        .containsEntry("TIMESTAMP_UNUSABLE", 10)
        .containsEntry("FIELD_UNUSABLE", 5)
        .containsEntry("NOT_AN_OBJECT", 2)
        .containsEntry("NOT_JSON", 2);
  }

  @Test
  void aKeyWithTheActionKeepsTwoChangesOfOneSecondApart() throws IOException {
    Delivery twoActions = LeadSamples.named("same_second_two_actions").delivery();
    C2s byAction = LeadSamples.source(LeadKey.ACTION);
    C2s byBody = LeadSamples.source(LeadKey.BODY);

    assertThat(byAction.split(twoActions))
        .extracting(SourceEvent::eventKey)
        .doesNotHaveDuplicates();
    assertThat(byBody.split(twoActions)).extracting(SourceEvent::eventKey).doesNotHaveDuplicates();
    assertThat(source.split(twoActions))
        .extracting(SourceEvent::eventKey)
        .hasSize(2)
        .containsOnly("281ff2eb7a4d91437370bbfc39b26945:2026-01-15T15:00:00Z");
  }

  private Answer receive(Delivery delivery) {
    if (source.verify(delivery) instanceof Verification.Refused refused) {
      return source.refused(refused);
    }
    List<KeptEvent> kept =
        source.split(delivery).stream()
            .map(event -> new KeptEvent(event, !seen.add(event.eventKey())))
            .toList();
    return source.accepted(delivery, kept);
  }

  private static String expected(Sample sample) {
    List<Integer> decided = DECIDED.get(sample.name());
    if (decided != null) {
      return decided.toString();
    }
    int status = sample.expected().path("http").asInt();
    JsonNode body = sample.expected().path("body");
    return body.isObject()
        ? List.of(
                status,
                body.path("received").asInt(),
                body.path("processed").asInt(),
                body.path("duplicates").asInt(),
                0)
            .toString()
        : status == 401 ? "[401]" : List.of(status, 1, 0, 0, 1).toString();
  }

  private static String actual(Answer answer) throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    if (answer.status() == 401) {
      return "[401]";
    }
    assertThat(body.path("status").asText())
        .isEqualTo(answer.status() == 200 ? "received" : "rejected");
    assertThat(body.path("errors").size()).isEqualTo(body.path("failed").asInt());
    return List.of(
            answer.status(),
            body.path("received").asInt(),
            body.path("processed").asInt(),
            body.path("duplicates").asInt(),
            body.path("failed").asInt())
        .toString();
  }

  @Test
  void theWholeLeadFillsItsRow() {
    SourceEvent event =
        source.split(LeadSamples.named("single_data_envelope_full").delivery()).get(0);
    var row = ((Decoding.Understood) source.decode(event, LeadSamples.RECEIVED)).row();

    Map<String, String> filled = new HashMap<>(Expected.filled(row));
    assertThat(filled.remove("extra")).contains("Bom dia").doesNotContain("lead1@example.com");
    assertThat(filled)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("object_type", "lead"),
                Map.entry("metric", "created"),
                Map.entry("occurred_at", "2026-01-15T13:00:00Z"),
                Map.entry("lead_id", "96c78960059928d06158d2bec5951a4a"),
                Map.entry("internal_id", "90000001"),
                Map.entry("email_address", "lead1@example.com"),
                Map.entry("name", "Lead Teste Alfa"),
                Map.entry("phone", "+5511900000001"),
                Map.entry("product_ref", "REF001"),
                Map.entry("price", "350000.0"),
                Map.entry("status", "new"),
                Map.entry("archived", "false"),
                Map.entry("seller", "Corretor Exemplo"),
                Map.entry("company", "Imobiliaria Exemplo")));
  }
}
