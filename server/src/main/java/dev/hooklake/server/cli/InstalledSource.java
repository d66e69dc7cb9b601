package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.Source;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One configured source.
///
/// @param type of whose webhooks it takes
/// @param source with today's decoder
/// @param webhookUrl where it is reached from this machine
/// @param signedUrl where its provider believes to post to; null where that is the same
/// @param provider who plays its provider; null when it has no secret or nobody can
public record InstalledSource(
    String type,
    Source source,
    URI webhookUrl,
    @Nullable String signedUrl,
    @Nullable Provider provider) {

  String name() {
    return source.name();
  }

  Optional<Sender> sender() {
    return Optional.ofNullable(provider)
        .map(player ->
            new Sender(
                name(), webhookUrl, signedUrl == null ? webhookUrl.toString() : signedUrl, player));
  }
}
