package dev.hooklake.server.forwarding;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Which events a destination gets. An empty set is no condition; all conditions must hold.
///
/// @param conditions on the document as it is sent
public record EventChoice(
    Set<String> sources, Set<String> channels, Set<String> metrics, List<Condition> conditions) {
  public static final EventChoice ALL = new EventChoice(Set.of(), Set.of(), Set.of(), List.of());

  public EventChoice {
    sources = Set.copyOf(sources);
    channels = Set.copyOf(channels);
    metrics = Set.copyOf(metrics);
    conditions = List.copyOf(conditions);
  }

  boolean takes(ForwardedEvent event) {
    return admits(sources, event.source())
        && admits(channels, event.channel())
        && admits(metrics, event.metric())
        && conditions.stream().allMatch(condition -> condition.holds(event.document()));
  }

  private static boolean admits(Set<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  /// A place in the document and what may stand there; without values, anything but null.
  public record Condition(JsonPointer place, Set<String> values) {
    public Condition {
      values = Set.copyOf(values);
    }

    /// Reads `/data/campaign_id=42|43`, or `/data/campaign_id` alone.
    public static Condition parse(String text) {
      int equals = text.indexOf('=');
      String place = equals < 0 ? text : text.substring(0, equals);
      Set<String> values =
          equals < 0
              ? Set.of()
              : Set.copyOf(Arrays.asList(text.substring(equals + 1).split("\\|", -1)));
      return new Condition(JsonPointer.compile(place.strip()), values);
    }

    boolean holds(JsonNode document) {
      JsonNode found = document.at(place);
      if (found.isMissingNode() || found.isNull()) {
        return false;
      }
      return values.isEmpty() || values.contains(found.asText());
    }
  }
}
