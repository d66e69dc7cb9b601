package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Call;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.ProviderHttp;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Exports of deliveries: asked for, looked after, and the link to their file.
final class Exports {
  private static final String PATH = "/v1/exports/";

  private final ProviderHttp http;

  Exports(ProviderHttp http) {
    this.http = http;
  }

  Answer<ExportState> create(DeliveriesExport wish) throws InterruptedException {
    return state(Call.post(PATH + "deliveries", wish.json()));
  }

  Answer<ExportState> state(long id) throws InterruptedException {
    return state(Call.get(PATH + id));
  }

  private Answer<ExportState> state(Call call) throws InterruptedException {
    return http.send(call)
        .then(json ->
            ExportState.of(json)
                .map(Answer::given)
                .orElseGet(() -> unreadable("an export came without its id")));
  }

  Answer<URI> link(long id) throws InterruptedException {
    return http.send(Call.get(PATH + id + "/download")).then(Exports::link);
  }

  /// Never quoted: it is signed, and opens the file for whoever has it.
  private static Answer<URI> link(JsonNode json) {
    URI link = uri(json.path("url").asText());
    return link == null || link.getHost() == null || link.getScheme() == null
        ? unreadable("the link to an export's file is no address of a host")
        : Answer.given(link);
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static <T> Answer<T> unreadable(String why) {
    return Answer.failed(new Failure.Unreadable(why));
  }
}
