package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Decision;
import dev.hooklake.server.enrichment.contact.Decision.Via;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Whom an event's contacts led to; within the caller's transaction.
final class LeadParties {
  private static final String ADD =
      "INSERT INTO lead_parties (event_id, found_by, source, lead_id, party_id, name_differs)"
          + " VALUES (:event, :foundBy, :source, :leadId, :party, :nameDiffers)";

  private static final String OF_EVENT =
      "SELECT found_by, party_id, name_differs FROM lead_parties WHERE event_id = :event";

  private LeadParties() {}

  record Link(String party, boolean nameDiffers) {}

  static void add(Handle handle, StoredEvent event, Via via, Link link) {
    handle
        .createUpdate(ADD)
        .bind("event", event.id())
        .bind("foundBy", via.name().toLowerCase(Locale.ROOT))
        .bind("source", event.source())
        .bind("leadId", event.leadId())
        .bind("party", link.party())
        .bind("nameDiffers", link.nameDiffers() ? 1 : 0)
        .execute();
  }

  static Map<Via, Link> of(Handle handle, String eventId) {
    var links = new EnumMap<Via, Link>(Via.class);
    handle
        .createQuery(OF_EVENT)
        .bind("event", eventId)
        .map((rs, _) ->
            Map.entry(
                Via.valueOf(rs.getString("found_by").toUpperCase(Locale.ROOT)),
                new Link(rs.getString("party_id"), rs.getInt("name_differs") > 0)))
        .forEach(link -> links.put(link.getKey(), link.getValue()));
    return links;
  }

  static Decision decision(Map<Via, Link> links) {
    return Decision.of(party(links, Via.TEXT), party(links, Via.PHONE), party(links, Via.EMAIL));
  }

  private static Optional<String> party(Map<Via, Link> links, Via via) {
    return Optional.ofNullable(links.get(via)).map(Link::party);
  }
}
