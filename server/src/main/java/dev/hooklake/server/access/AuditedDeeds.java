package dev.hooklake.server.access;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.RowSearch;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The audit as an erasure sees it: who did what and when stays, and to which event or with which
/// words goes where it is the person's event or names the person.
public final class AuditedDeeds implements Erasable {
  private static final String TARGETS = "SELECT target FROM audit WHERE target <> ''";
  private static final String DETAILS = "SELECT detail FROM audit WHERE detail <> ''";
  private static final String HIDE_TARGET =
      "UPDATE audit SET target = :hidden WHERE target = :told";
  private static final String HIDE_DETAIL =
      "UPDATE audit SET detail = :hidden WHERE detail = :told";
  private static final String HIDDEN = "•••";

  private final OperationsDatabase database;

  public AuditedDeeds(OperationsDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return database.erase(handle -> hide(handle, person.traces(), rows));
  }

  private static long hide(Handle handle, Predicate<String> names, PersonRows rows) {
    Set<String> events =
        rows.events().stream()
            .map(event -> event.source() + "/" + event.eventKey())
            .collect(Collectors.toSet());
    long hidden = 0;
    for (String target : told(handle, TARGETS, names.or(events::contains))) {
      hidden += hide(handle, HIDE_TARGET, target);
    }
    for (String detail : told(handle, DETAILS, names)) {
      hidden += hide(handle, HIDE_DETAIL, detail);
    }
    return hidden;
  }

  private static Set<String> told(Handle handle, String query, Predicate<String> asked) {
    return RowSearch.find(handle, query, asked, (row, _) -> row.getString(1));
  }

  private static long hide(Handle handle, String statement, String told) {
    return handle.createUpdate(statement).bind("hidden", HIDDEN).bind("told", told).execute();
  }
}
