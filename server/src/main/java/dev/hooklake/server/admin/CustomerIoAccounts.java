package dev.hooklake.server.admin;

import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.simulator.Sender;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The sources whose Customer.io account can be asked.
///
/// @param bySource under the source's name
public record CustomerIoAccounts(Map<String, Account> bySource) {
  public CustomerIoAccounts {
    bySource = Map.copyOf(bySource);
  }

  /// One account.
  ///
  /// @param sender who plays Customer.io to test the connection; null without a key to sign with
  public record Account(String source, Webhooks webhooks, @Nullable Sender sender) {}

  /// The one that the path names.
  Account of(ServerRequest request) {
    if (bySource.isEmpty()) {
      throw new RefusedRequest(
          409,
          "there is no App API key; set CUSTOMERIO_APP_API_KEY, or providers.<source>.api-key, and"
              + " restart");
    }
    return Optional.ofNullable(bySource.get(request.path().pathParameters().get("source")))
        .orElseThrow(() ->
            new RefusedRequest(
                404,
                "there is no such source with an App API key; there are "
                    + String.join(", ", new TreeMap<>(bySource).keySet())));
  }

  /// The id that the path ends with, or has before its last word.
  static long id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    if (!id.matches("[0-9]{1,18}")) {
      throw RefusedRequest.malformed("an id is a whole number");
    }
    return Long.parseLong(id);
  }
}
