package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.tracking.ErrorCodes;
import dev.hooklake.server.tracking.Messages;
import dev.hooklake.server.tracking.TrackingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages over real HTTP, in a real database.
final class MessageRoutesTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MESSAGES = "/api/v1/messages";
  private static final String AT_TWILIO = "/api/v1/external-ids/twilio/";
  private static final String FULL =
      """
      {"id": "42", "userId": "user-7", "messageType": "low_balance", "channel": "sms",
       "recipient": "+1 415 555 0142", "cost": {"amount": 0.0079, "currency": "USD"},
       "createdAt": "2026-10-28T06:00:00-03:00", "externalIds": [{"source": "twilio", "id": "SM1"}]}
      """;

  @TempDir private static Path directory;
  private static OperationsDatabase database;
  private static AdminUnderTest admin;

  @BeforeAll
  static void start() throws IOException {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    admin = new AdminUnderTest(directory, routes(database).all());
  }

  @AfterAll
  static void stop() {
    admin.close();
    database.close();
  }

  @BeforeEach
  void empty() {
    database.change(handle -> {
      handle.execute("DELETE FROM message_external_ids");
      handle.execute("DELETE FROM messages");
    });
  }

  @Test
  void aRegisteredMessageIsShownByEitherIdAsItWasGiven() throws Exception {
    assertThat(post(FULL).statusCode()).isEqualTo(201);

    JsonNode shown = json(admin.get(MESSAGES + "/42"));
    assertThat(json(admin.get(AT_TWILIO + "SM1"))).isEqualTo(shown);
    assertThat(shown)
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "42", "userId": "user-7", "messageType": "low_balance", "channel": "sms",
                 "recipient": "+1 415 555 0142", "status": "registered",
                 "statusAt": "2026-10-28T09:00:00Z", "createdAt": "2026-10-28T09:00:00Z",
                 "cost": {"amount": 0.0079, "currency": "USD"}, "contradictory": false,
                 "externalIds": [{"source": "twilio", "id": "SM1"}]}
                """));
  }

  @Test
  void registeringAgainIsKnownAndAddsAnExternalId() throws Exception {
    post(FULL);

    HttpResponse<String> again =
        post(
            "{\"id\":\"42\",\"channel\":\"sms\",\"externalIds\":[{\"source\":\"x\",\"id\":\"9\"}]}");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("outcome").asText()).isEqualTo("known");
    assertThat(json(admin.get("/api/v1/external-ids/x/9")).path("id").asText()).isEqualTo("42");
  }

  @Test
  void whatContradictsIsRefusedAndSaysWhy() throws Exception {
    post(FULL);

    HttpResponse<String> other = post("{\"id\":\"42\",\"channel\":\"email\"}");

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).path("reason").asText()).contains("registered with channel sms");
  }

  @Test
  void ofManyEachHasItsOutcomeInOrder() throws Exception {
    HttpResponse<String> answer =
        post(
            "[%s, {\"id\":\"43\",\"channel\":\"fax\"}, 7, {\"id\":\"44\",\"channel\":\"email\"}, %s]"
                .formatted(FULL, FULL));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode outcomes = json(answer).path("outcomes");
    assertThat(outcomes.findValuesAsText("outcome"))
        .containsExactly("created", "refused", "refused", "created", "known");
    assertThat(outcomes.get(1).path("id").asText()).isEqualTo("43");
    assertThat(outcomes.get(1).path("reason").asText()).contains("email, sms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b c%d+e?f", "message-1", "ü€", "../status"})
  void anIdMayHoldWhateverAUrlCanCarry(String externalId) throws Exception {
    var message = JSON.createObjectNode().put("id", "a/b%c+d?e#f").put("channel", "email");
    message.withArray("externalIds").addObject().put("source", "s").put("id", externalId);
    assertThat(post(message.toString()).statusCode()).isEqualTo(201);

    assertThat(json(admin.get("/api/v1/external-ids/s/" + encoded(externalId))).path("id").asText())
        .isEqualTo("a/b%c+d?e#f");
    assertThat(json(admin.get(MESSAGES + "/" + encoded("a/b%c+d?e#f"))).path("id").asText())
        .isEqualTo("a/b%c+d?e#f");
  }

  @Test
  void pagesHoldEveryMessageOnceNewestFirst() throws Exception {
    post(
        IntStream.range(0, 25)
            .mapToObj(i ->
                "{\"id\":\"m-%02d\",\"channel\":\"email\",\"createdAt\":\"2026-10-28T08:00:%02dZ\"}"
                    .formatted(i, i))
            .collect(Collectors.joining(",", "[", "]")));
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = json(admin.get(MESSAGES + "?limit=10" + next));
      seen.addAll(page.path("messages").findValuesAsText("id"));
      next = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!next.isEmpty());

    assertThat(seen)
        .isEqualTo(
            IntStream.iterate(24, i -> i >= 0, i -> i - 1).mapToObj("m-%02d"::formatted).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipient=%2B1(415)555-0142|42",
        "userId=user-7&status=registered|42",
        "messageType=low_balance&channel=sms|42",
        "createdFrom=2026-10-28T09:00:00Z|42",
        "createdTo=2026-10-28T09:00:00Z|",
        "channel=whatsapp|",
      })
  void filtersNarrowTheList(String query, String id) throws Exception {
    post(FULL);

    assertThat(json(admin.get(MESSAGES + "?" + query)).path("messages").findValuesAsText("status"))
        .hasSize(id == null ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|the body is no JSON: line 1, column 2",
        "[]x|the body is no JSON",
        "7|the body is no object",
        "{'id':'1'}|channel is missing",
        "{'id':'1','id':'2','channel':'sms'}|the body is no JSON",
        "{'id':1,'channel':'sms'}|id is no text",
        "{'id':'a b','channel':'sms'}|no blanks",
        "{'id':'1','channel':'fax'}|channel is none of email",
        "{'id':'1','channel':'sms','to':'x'}|unknown field is in the body; there are id, userId",
        "{'id':'1','channel':'sms','createdAt':'soon'}|createdAt is no time",
        "{'id':'1','channel':'sms','createdAt':'+99999-01-01T00:00:00Z'}|createdAt is no time",
        "{'id':'1','channel':'sms','cost':{'amount':'1','currency':'USD'}}|cost.amount is no number",
        "{'id':'1','channel':'sms','cost':{'amount':-1,'currency':'USD'}}|a cost is between 0",
        "{'id':'1','channel':'sms','externalIds':[{'source':'x'}]}|externalIds[0].id is missing",
        "{'id':'1','channel':'sms','userId':'a\\u0000b'}|userId holds a NUL",
      })
  void whatCannotBeReadIsToldAndNothingStored(String body, String told) throws Exception {
    HttpResponse<String> answer = post(body.replace('\'', '"'));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains(told);
    assertThat(json(admin.get(MESSAGES)).path("messages")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?user=7|unknown parameter is in the query; there are recipient",
        "?limit=0|give 1 to 500",
        "?limit=ten|limit is no whole number",
        "?after=nonsense|not one that a page gave",
        "?status=gone|status is none",
        "?userId=a&userId=b|stands twice",
        "?userId=%00|holds a NUL",
        "?createdFrom=2026-10-28|createdFrom is no time",
        "/%00|id holds a NUL",
      })
  void aQuestionThatCannotBeReadIsTold(String path, String told) throws Exception {
    HttpResponse<String> answer = admin.get(MESSAGES + path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains(told);
  }

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    var given = new TreeMap<String, Integer>();
    given.put("POST /api/v1/messages 201", post(FULL).statusCode());
    given.put("POST /api/v1/messages 200", post(FULL).statusCode());
    given.put("POST /api/v1/messages 400", post("{").statusCode());
    given.put("POST /api/v1/messages 409", post(FULL.replace("sms", "email")).statusCode());
    given.put("POST /api/v1/messages 413", tooLarge().statusCode());
    given.put("POST /api/v1/messages 401", admin.sendWithoutToken("POST", MESSAGES).statusCode());
    given.put("POST /api/v1/messages 403", admin.sendAsViewer("POST", MESSAGES).statusCode());
    Map<String, String> questions =
        Map.of(
            "GET /api/v1/messages ", MESSAGES,
            "GET /api/v1/messages/{id} ", MESSAGES + "/42",
            "GET /api/v1/external-ids/{source}/{id} ", AT_TWILIO + "SM1");
    for (var question : questions.entrySet()) {
      given.put(question.getKey() + 200, admin.get(question.getValue()).statusCode());
      given.put(
          question.getKey() + 401, admin.sendWithoutToken("GET", question.getValue()).statusCode());
    }
    given.put("GET /api/v1/messages 400", admin.get(MESSAGES + "?x=1").statusCode());
    given.put("GET /api/v1/messages/{id} 400", admin.get(MESSAGES + "/%00").statusCode());
    given.put("GET /api/v1/messages/{id} 404", admin.get(MESSAGES + "/43").statusCode());
    String external = "GET /api/v1/external-ids/{source}/{id} ";
    given.put(external + 400, admin.get(AT_TWILIO + "x".repeat(300)).statusCode());
    given.put(external + 404, admin.get(AT_TWILIO + "SM2").statusCode());
    given.putAll(whileTrackingIsOff(questions));
    given.putAll(whileTheDatabaseIsAway(questions));

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet())
        .isEqualTo(
            new OpenApi("admin")
                .answersOf(
                    OpenApi.paths(routes(database).all().stream().map(AdminRoute::path).toList())));
  }

  private Map<String, Integer> whileTrackingIsOff(Map<String, String> questions) throws Exception {
    var given = new TreeMap<String, Integer>();
    try (var off = new AdminUnderTest(directory, new MessageRoutes(null).all())) {
      for (var question : questions.entrySet()) {
        HttpResponse<String> answer = off.get(question.getValue());
        given.put(question.getKey() + 409, answer.statusCode());
        assertThat(answer.body()).contains("MESSAGE_ID_MAPPING_STRATEGY");
      }
      assertThat(off.send("POST", MESSAGES, BodyPublishers.ofString(FULL)).statusCode())
          .isEqualTo(409);
    }
    return given;
  }

  /// Closed, as while the server stops.
  private Map<String, Integer> whileTheDatabaseIsAway(Map<String, String> questions)
      throws Exception {
    var given = new TreeMap<String, Integer>();
    OperationsDatabase closed = OperationsDatabase.open(DatabaseSettings.of("", directory));
    closed.close();
    try (var away = new AdminUnderTest(directory, routes(closed).all())) {
      HttpResponse<String> refused = away.send("POST", MESSAGES, BodyPublishers.ofString(FULL));
      given.put("POST /api/v1/messages 503", refused.statusCode());
      for (var question : questions.entrySet()) {
        given.put(question.getKey() + 503, away.get(question.getValue()).statusCode());
      }
    }
    return given;
  }

  private static HttpResponse<String> tooLarge() throws Exception {
    byte[] blanks = " ".repeat(MessageRoutes.MAX_BODY_BYTES + 1).getBytes(StandardCharsets.UTF_8);
    return admin.send(
        "POST", MESSAGES, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blanks)));
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return admin.send("POST", MESSAGES, BodyPublishers.ofString(body));
  }

  private static MessageRoutes routes(OperationsDatabase database) {
    return new MessageRoutes(
        new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> NOW));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
