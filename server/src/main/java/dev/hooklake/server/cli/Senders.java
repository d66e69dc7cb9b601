package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.Sender;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out which provider a command is to play, among the sources that are configured.
record Senders(List<InstalledSource> configured) {
  Senders {
    configured = List.copyOf(configured);
  }

  /// The named one; every one that can be played when none is named.
  List<Sender> named(@Nullable String name) {
    return name == null ? all() : List.of(playable(find(name)));
  }

  /// The named one, else the first of this type, else the only one there is.
  InstalledSource one(@Nullable String name, @Nullable String type) {
    if (name != null) {
      return find(name);
    }
    List<InstalledSource> candidates =
        configured.stream()
            .filter(source -> source.provider() != null)
            .filter(source -> type == null || source.type().equals(type))
            .toList();
    if (candidates.isEmpty()) {
      throw nothingToSignWith(type);
    }
    if (type == null && candidates.size() > 1) {
      throw new CommandFailure("several sources are configured; give --source, one of " + names());
    }
    return candidates.getFirst();
  }

  static Sender playable(InstalledSource source) {
    return source
        .sender()
        .orElseThrow(() ->
            new CommandFailure(
                "source "
                    + source.name()
                    + " cannot be played: it has no secret, or nobody here knows how its type, "
                    + source.type()
                    + ", signs"));
  }

  private List<Sender> all() {
    List<Sender> senders =
        configured.stream().map(InstalledSource::sender).flatMap(Optional::stream).toList();
    if (senders.isEmpty()) {
      throw nothingToSignWith(null);
    }
    return senders;
  }

  private InstalledSource find(String name) {
    return configured.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new CommandFailure("no source is called '" + name + "'; there are: " + names()));
  }

  private static CommandFailure nothingToSignWith(@Nullable String type) {
    return new CommandFailure(
        "no signing secret is configured"
            + (type == null ? "" : " for " + type)
            + "; set the receiver's, for example CUSTOMERIO_WEBHOOK_SECRET");
  }

  private String names() {
    return configured.stream().map(InstalledSource::name).collect(Collectors.joining(", "));
  }
}
