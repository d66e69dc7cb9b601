package dev.hooklake.testkit.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.http.RequestRate;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Twilio's list of messages on the loopback: 1000 a page, filtered by the time of sending, further
/// pages by `next_page_uri` only. Messages are made when they are asked for.
public final class TwilioFake implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 100;
  private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.RFC_1123_DATE_TIME;

  /// One message.
  ///
  /// @param to `+351...`, or `whatsapp:+351...`
  /// @param status as Twilio words it
  /// @param errorCode null when none
  public record Message(
      String sid, String to, String status, @Nullable Integer errorCode, Instant sent) {}

  private final String account;
  private final String authorization;
  private final LongFunction<Message> messages;
  private final long count;
  private final FakeServer server;

  /// @param messages by their number, newest first, from 0 to `count` - 1
  public TwilioFake(String account, String token, LongFunction<Message> messages, long count) {
    this.account = account;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((account + ":" + token).getBytes(UTF_8));
    this.messages = messages;
    this.count = count;
    Reply overLimit = error(429, 20429, "Too many requests");
    this.server = new FakeServer(REQUESTS_PER_SECOND, overLimit, this::answer);
  }

  public URI url() {
    return server.url();
  }

  public RequestRate rate() {
    return server.rate();
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  private static Reply error(int status, int code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return Reply.json(status, body.put("code", code).put("message", message).put("status", status));
  }

  private Reply answer(Ask ask) {
    if (!ask.authorization().equals(authorization)) {
      return error(401, 20003, "Authenticate");
    }
    String list = "/2010-04-01/Accounts/" + account + "/Messages.json";
    return ask.path().equals(list) ? list(ask, list) : error(404, 20404, "not found");
  }

  private Reply list(Ask ask, String path) {
    int size = Math.clamp(ask.number("PageSize", 50), 1, 1_000);
    Instant from = Instant.parse(ask.query("DateSent>", "2000-01-01T00:00:00Z"));
    Instant to = Instant.parse(ask.query("DateSent<", "9999-01-01T00:00:00Z"));
    long place = ask.number("PageToken", 0);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("messages");
    while (place < count && items.size() < size) {
      Message message = messages.apply(place);
      place++;
      if (!message.sent().isBefore(from) && !message.sent().isAfter(to)) {
        items.add(json(message));
      }
    }
    Map<String, Object> next = new HashMap<>();
    next.put("PageSize", size);
    next.put("DateSent%3E", from);
    next.put("DateSent%3C", to);
    next.put("Page", 1);
    next.put("PageToken", place);
    StringBuilder query = new StringBuilder();
    next.forEach((name, value) -> query.append('&').append(name).append('=').append(value));
    String uri = place < count ? path + "?" + query.substring(1) : null;
    return Reply.json(200, answer.put("page_size", size).put("next_page_uri", uri));
  }

  private ObjectNode json(Message message) {
    String time = RFC_2822.format(message.sent().atOffset(ZoneOffset.UTC));
    boolean inbound = message.status().equals("received");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sid", message.sid()).put("account_sid", account).putNull("messaging_service_sid");
    json.put("from", inbound ? message.to() : "+351910555000");
    json.put("to", inbound ? "+351910555000" : message.to());
    json.put("body", "Hello").put("status", message.status());
    json.put("direction", inbound ? "inbound" : "outbound-api");
    json.put("error_code", message.errorCode()).putNull("error_message");
    json.put("num_segments", "1").put("num_media", "0").putNull("price").put("price_unit", "USD");
    return json.put("date_created", time).put("date_sent", time).put("date_updated", time);
  }

  @Override
  public void close() {
    server.close();
  }
}
