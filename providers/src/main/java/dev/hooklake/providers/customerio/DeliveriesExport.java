package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/// What an export of deliveries is asked to hold: those of one campaign, newsletter, transactional
/// message or action that were created from `from` on and before `to`. The API takes at most twelve
/// months and would silently cut a longer window.
public record DeliveriesExport(Of of, long id, Instant from, Instant to) {
  public static final Duration LONGEST_WINDOW = Duration.ofDays(365);

  /// By which number deliveries are chosen.
  public enum Of {
    CAMPAIGN("campaign_id"),
    NEWSLETTER("newsletter_id"),
    TRANSACTIONAL("transactional_message_id"),
    ACTION("action_id");

    private final String field;

    Of(String field) {
      this.field = field;
    }
  }

  public DeliveriesExport {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "a window of an export is from before to, and at most "
              + LONGEST_WINDOW.toDays()
              + " days; ask for several");
    }
    if (id < 1) {
      throw new IllegalArgumentException("ids begin at 1");
    }
  }

  ObjectNode json() {
    return Json.object()
        .put(of.field, id)
        .put("start", from.getEpochSecond())
        .put("end", to.getEpochSecond());
  }
}
