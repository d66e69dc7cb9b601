package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.customerio.Coercion.FLAG;
import static dev.hooklake.sources.customerio.Coercion.JSON;
import static dev.hooklake.sources.customerio.Coercion.TEXT;
import static dev.hooklake.sources.customerio.Coercion.WHOLE_NUMBER;

import dev.hooklake.sources.customerio.EventBody.Place;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which member of an event goes into which column, and how it is read.
final class Fields {

  record Field(String column, Coercion coercion) {}

  /// Today's events.
  static final Fields CURRENT = new Fields(data());

  /// Today's events and those of the older guide.
  static final Fields WITH_OLDER = new Fields(dataWithOlder());

  private static final Map<String, Field> IDENTIFIERS =
      Map.of(
          "id", new Field("person_id", TEXT),
          "cio_id", new Field("cio_id", TEXT),
          "email", new Field("email_address", TEXT));

  private final Map<String, Field> data;

  private Fields(Map<String, Field> data) {
    this.data = Map.copyOf(data);
  }

  @Nullable Field field(Place place, String name) {
    return switch (place) {
      case TOP -> null;
      case DATA -> data.get(name);
      case IDENTIFIERS -> IDENTIFIERS.get(name);
    };
  }

  private static Map<String, Field> data() {
    var fields = new HashMap<String, Field>();
    sameName(fields, TEXT, "customer_id", "email_address", "recipient", "delivery_id");
    sameName(fields, WHOLE_NUMBER, "campaign_id", "broadcast_id", "newsletter_id");
    sameName(fields, WHOLE_NUMBER, "transactional_message_id", "action_id", "parent_action_id");
    sameName(fields, TEXT, "journey_id", "trigger_event_id", "subject");
    sameName(fields, WHOLE_NUMBER, "trigger_id", "content_id", "link_id");
    sameName(fields, TEXT, "href", "failure_message", "content");
    sameName(fields, TEXT, "tracked_response", "inbound_event_id");
    sameName(fields, FLAG, "machine", "prefetched", "proxied", "synthetic");
    sameName(fields, JSON, "headers", "recipients");
    fields.put("to", new Field("to_number", TEXT));
    return fields;
  }

  private static Map<String, Field> dataWithOlder() {
    Map<String, Field> fields = data();
    fields.put("link", new Field("href", TEXT));
    return fields;
  }

  private static void sameName(Map<String, Field> fields, Coercion coercion, String... names) {
    for (String name : names) {
      fields.put(name, new Field(name, coercion));
    }
  }
}
