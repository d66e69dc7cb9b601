package dev.hooklake.server.customerio;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;

import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SignedPost;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.time.Instant;

/// One event, sent to a webhook's endpoint as Customer.io would, signed with the key that we have.
///
/// It shows that the address leads here and that the server has the same key. Whether it is also
/// Customer.io's key only Customer.io can show.
public record ConnectionTest(int status) {
  private static final String EVENT =
      "{\"event_id\":\"hooklake-connection-test\",\"object_type\":\"hooklake_test\","
          + "\"metric\":\"tested\",\"timestamp\":%d,\"data\":{}}";

  /// Sends it, and waits for the status only.
  ///
  /// @param sender who plays Customer.io for the source
  /// @param address see [#address]
  public static ConnectionTest send(Sender sender, URI address, Instant at)
      throws IOException, InterruptedException {
    Payload event = Payload.of(EVENT.formatted(at.getEpochSecond()));
    HttpResponse<InputStream> answer =
        SignedPost.send(sender.to(address), sender.provider().event(event), at, ofInputStream());
    // What else it says, and for how long, is not waited for.
    answer.body().close();
    return new ConnectionTest(answer.statusCode());
  }

  /// Where a test of the webhook goes; an [IllegalArgumentException] says why it goes nowhere. The
  /// text may hold a password, so it is not quoted.
  public static URI address(ReportingWebhook webhook) {
    try {
      URI address = new URI(webhook.endpoint());
      if (Webhooks.isCallable(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "the webhook's endpoint is no address that can be called: https:// and a host");
  }

  public boolean isAccepted() {
    return status / 100 == 2;
  }

  public String meaning() {
    return switch (status) {
      case 200 -> "accepted";
      case 401 -> "the server has another key than these settings";
      case 404 -> "another server, or another path";
      default -> isAccepted() ? "accepted" : "not accepted";
    };
  }
}
