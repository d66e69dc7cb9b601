package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/// What C2S said to each trigger.
final class C2sOutcomes {
  private C2sOutcomes() {}

  /// The exit code: 0 when C2S agreed to all of them.
  static int print(JsonNode answer, PrintWriter out) {
    boolean all = true;
    for (var outcome : answer.path("outcomes").properties()) {
      out.printf(
          "%-15s %s%n",
          outcome.getKey(), MessageText.text(answer.path("outcomes"), outcome.getKey()));
      all &= outcome.getValue().asText().endsWith("subscribed");
    }
    out.flush();
    return all ? 0 : 1;
  }
}
