package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.List;

/// A message in the provider's list.
public interface ListedMessage {
  Channel channel();

  /// The id that joins its events in the channel tables.
  String deliveryId();

  Parent parent();

  Instant created();

  /// How many characters its texts have; 0 where the provider keeps them short.
  default long length() {
    return 0;
  }

  /// What webhooks tell of as well; what no webhook ever tells of is left out.
  List<Fact> facts();

  /// The event that should have told of a fact. The same fact always gives the same key.
  SourceEvent event(Fact fact, Instant fetchedAt);
}
