package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.fields.Json;
import java.util.ArrayList;
import java.util.List;

/// What the sender of a delivery hears of it.
///
/// @param failed what is wrong with each event that is of no use; these are quarantined
record Counts(int processed, int duplicates, List<Failed> failed) {
  /// Enough to see what is wrong; a batch may hold thousands.
  private static final int MOST_REASONS = 100;

  /// @param index of the event in the delivery, from 0
  record Failed(int index, String reason) {}

  Counts {
    failed = List.copyOf(failed);
  }

  static Counts of(List<KeptEvent> events) {
    int processed = 0;
    int duplicates = 0;
    var failed = new ArrayList<Failed>();
    for (int i = 0; i < events.size(); i++) {
      KeptEvent kept = events.get(i);
      LeadReading reading = LeadReading.of(kept.event().body());
      if (reading instanceof LeadReading.Unusable unusable) {
        failed.add(new Failed(i, unusable.why().message()));
      } else if (kept.duplicate()) {
        duplicates++;
      } else {
        processed++;
      }
    }
    return new Counts(processed, duplicates, failed);
  }

  Answer answer() {
    boolean usable = processed + duplicates > 0;
    ObjectNode body = Json.object();
    body.put("status", usable ? "received" : "rejected")
        .put("received", processed + duplicates + failed.size())
        .put("processed", processed)
        .put("duplicates", duplicates)
        .put("failed", failed.size());
    if (!failed.isEmpty()) {
      ArrayNode reasons = body.putArray("errors");
      failed.stream()
          .limit(MOST_REASONS)
          .forEach(
              one -> reasons.addObject().put("index", one.index()).put("reason", one.reason()));
    }
    return Answer.json(usable ? 200 : 400, Json.write(body));
  }
}
