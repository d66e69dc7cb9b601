package dev.hooklake.server.tracking;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What tracking keeps of a person, as an erasure sees it.
public final class TrackedMessages implements Erasable {
  private final OperationsDatabase database;

  public TrackedMessages(OperationsDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    try {
      // Beside the writers: it may take long, and what came after it began is not looked for.
      MessageErasure.Naming naming =
          database.read(outside ->
              outside.inTransaction(handle -> MessageErasure.naming(handle, person.traces())));
      MessageErasure.Erased erased =
          database.write(handle -> MessageErasure.erase(handle, known(person, rows), naming));
      database.purge();
      return (long) erased.messages() + erased.externalIds() + erased.waiting();
    } catch (DatabaseAway e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static MessageErasure.Person known(Person person, PersonRows rows) {
    Set<String> recipients = new HashSet<>(person.emails());
    person.phones().forEach(phone -> recipients.add("+" + phone));
    Set<String> userIds = new HashSet<>(person.customerIds());
    userIds.addAll(person.cioIds());
    Set<ExternalId> deliveries =
        rows.links().stream()
            .map(link -> new ExternalId(link.source(), link.id()))
            .collect(Collectors.toSet());
    return new MessageErasure.Person(recipients, userIds, deliveries);
  }
}
