package dev.hooklake.server.alerts.drift;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.RowSearch;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// The drift report as an erasure sees it: what a source sends stays, and the event that shows it
/// is forgotten where it is the person's. A name that itself names the person goes whole.
public final class DriftExamples implements Erasable {
  private static final String NAMES = "SELECT name FROM drift";
  private static final String EVENTS = "SELECT source, event_key FROM drift WHERE event_key <> ''";
  private static final String DELETE = "DELETE FROM drift WHERE name = :name";
  private static final String FORGET =
      "UPDATE drift SET event_key = '' WHERE source = :source AND event_key = :key";

  private final OperationsDatabase database;

  public DriftExamples(OperationsDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return database.erase(handle -> forget(handle, person.traces(), rows));
  }

  private static long forget(Handle handle, Predicate<String> names, PersonRows rows) {
    long forgotten = 0;
    for (String name : RowSearch.find(handle, NAMES, names, (row, _) -> row.getString("name"))) {
      forgotten += handle.createUpdate(DELETE).bind("name", name).execute();
    }
    Set<Replacement.Key> events =
        RowSearch.find(
            handle,
            EVENTS,
            _ -> true,
            (row, _) -> new Replacement.Key(row.getString("source"), row.getString("event_key")));
    for (Replacement.Key event : events) {
      if (rows.events().contains(event) || names.test(event.eventKey())) {
        forgotten +=
            handle
                .createUpdate(FORGET)
                .bind("source", event.source())
                .bind("key", event.eventKey())
                .execute();
      }
    }
    return forgotten;
  }
}
