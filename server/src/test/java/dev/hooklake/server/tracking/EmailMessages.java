package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import java.util.List;

/// Emails to register, with nothing but ids.
final class EmailMessages {

  private EmailMessages() {}

  static OutgoingMessage of(String id, ExternalId... externalIds) {
    return new OutgoingMessage(
        id, null, null, Channel.EMAIL, null, null, Lives.START, List.of(externalIds));
  }
}
