package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.erasure.ErasureReceipt;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// A receipt in words.
final class ErasureText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;

  ErasureText(PrintWriter out) {
    this.out = out;
  }

  int print(ErasureReceipt receipt) {
    return print(JSON.<JsonNode>valueToTree(receipt));
  }

  /// Returns the command's exit code.
  int print(JsonNode receipt) {
    out.println(
        "Erased: "
            + counts(receipt.path("tables"), "no rows")
            + "; "
            + receipt.path("journalRecords").asInt()
            + " records of the journal; "
            + counts(receipt.path("stores"), "nothing elsewhere"));
    if (receipt.path("damagedCopies").asInt() > 0) {
      out.println(
          receipt.path("damagedCopies").asInt()
              + " files in the journal's damaged/ named the person and are deleted.");
    }
    if (receipt.has("goneFromDiskBy")) {
      out.println(
          "Older versions of the tables still hold it, until "
              + receipt.path("goneFromDiskBy").asText()
              + " when the server runs; with --now they go at once.");
    }
    List<String> open = open(receipt);
    open.forEach(out::println);
    out.flush();
    return open.isEmpty() ? 0 : 1;
  }

  private static List<String> open(JsonNode receipt) {
    var open = new ArrayList<String>();
    if (!receipt.path("behind").isEmpty()) {
      var behind = new ArrayList<String>();
      receipt.path("behind").forEach(consumer -> behind.add(consumer.asText()));
      open.add(
          "NOT COMPLETE: "
              + String.join(", ", behind)
              + " had read events before and not stored them within two minutes; erase again when"
              + " `hooklake status` shows no lag.");
    }
    int young = receipt.path("youngFiles").asInt();
    if (young > 0) {
      open.add(
          "NOT COMPLETE: "
              + young
              + " files were never committed and may still be; erase again with --now after an"
              + " hour.");
    }
    if (receipt.path("olderVersionsStay").asBoolean()) {
      open.add(
          "NOT COMPLETE: older versions of the tables still hold it, and nothing deletes them, since"
              + " lake.maintenance.enabled is false; erase again with --now, or run `hooklake lake"
              + " vacuum` once lake.maintenance.keep-versions has passed.");
    }
    return open;
  }

  private static String counts(JsonNode counts, String none) {
    var words = new ArrayList<String>();
    counts.properties().forEach(one -> words.add(one.getValue().asLong() + " in " + one.getKey()));
    return words.isEmpty() ? none : String.join(", ", words);
  }
}
