package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.tracking.MessagePage.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The messages we sent: registered by whoever sends them, kept up to date by events, looked up by
/// our id or the provider's.
public final class Messages {
  /// Messages of one call; all of them are one transaction.
  public static final int MAX_BULK = 1_000;

  private final OperationsDatabase database;
  private final Registrar registrar;
  private final MessageQueries queries;
  private final InstantSource clock;

  public Messages(
      OperationsDatabase database,
      TrackingSettings settings,
      ErrorCodes errorCodes,
      InstantSource clock) {
    this.database = database;
    this.registrar = new Registrar(new Mappings(settings));
    this.queries = new MessageQueries(errorCodes);
    this.clock = clock;
  }

  public Registration register(OutgoingMessage message) {
    return register(List.of(message)).getFirst();
  }

  /// Registers messages with their external ids; registering again changes nothing but what was
  /// missing. Outcomes stand in the order of the messages; a refused one does not hinder the
  /// others.
  public List<Registration> register(List<OutgoingMessage> messages) {
    if (messages.size() > MAX_BULK) {
      throw new IllegalArgumentException(
          messages.size() + " messages in one call; give at most " + MAX_BULK);
    }
    return database.write(handle -> registrar.register(handle, messages, clock.instant()));
  }

  public Optional<Message> find(String id) {
    return database.read(handle -> queries.byId(handle, id));
  }

  public Optional<Message> find(ExternalId externalId) {
    return database.read(handle -> queries.byExternalId(handle, externalId));
  }

  public MessagePage list(MessageFilter filter, Request request) {
    return database.read(handle -> queries.list(handle, filter, request));
  }
}
