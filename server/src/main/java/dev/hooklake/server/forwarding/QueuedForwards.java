package dev.hooklake.server.forwarding;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.PersonRows.Link;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// What waits to be forwarded, and dead letters, as an erasure sees them: each row that names the
/// person goes, and each of an event or a delivery of theirs. What was forwarded is the receiver's.
public final class QueuedForwards implements Erasable {
  private static final int CHUNK = 500;
  private static final String ALL = "SELECT webhook_id, source, event_key, body FROM forwards";
  private static final String DELETE = "DELETE FROM forwards WHERE webhook_id IN (<ids>)";

  private final OperationsDatabase database;

  public QueuedForwards(OperationsDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "forwards";
  }

  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    return database.erase(handle -> delete(handle, theirs(handle, person, rows)));
  }

  private static Set<String> theirs(Handle handle, Person person, PersonRows rows) {
    Predicate<String> names = person.traces();
    Set<String> events =
        rows.events().stream()
            .map(event -> ForwardedEvent.webhookId(event.source(), event.eventKey()))
            .collect(Collectors.toSet());
    Set<String> found = new HashSet<>();
    try (var stream =
        handle.createQuery(ALL).setFetchSize(CHUNK).map((rs, _) -> Kept.of(rs)).stream()) {
      stream
          .filter(kept -> events.contains(kept.id()) || kept.isOf(names, rows.links()))
          .forEach(kept -> found.add(kept.id()));
    }
    return found;
  }

  private static long delete(Handle handle, Set<String> ids) {
    List<String> all = List.copyOf(ids);
    long deleted = 0;
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> some = all.subList(from, Math.min(all.size(), from + CHUNK));
      deleted += handle.createUpdate(DELETE).bindList("ids", some).execute();
    }
    return deleted;
  }

  /// A row as far as an erasure looks at it.
  private record Kept(String id, String source, String eventKey, String body) {
    static Kept of(ResultSet rs) throws SQLException {
      return new Kept(
          rs.getString("webhook_id"),
          rs.getString("source"),
          rs.getString("event_key"),
          rs.getString("body"));
    }

    boolean isOf(Predicate<String> names, Set<Link> links) {
      return names.test(body) || names.test(eventKey) || links.stream().anyMatch(this::carries);
    }

    /// As a whole JSON string, wherever the source puts it.
    private boolean carries(Link link) {
      return link.source().equals(source) && body.contains("\"" + link.id() + "\"");
    }
  }
}
