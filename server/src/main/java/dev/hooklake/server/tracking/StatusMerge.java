package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.RowStatement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The one rule by which what an event says is merged into what is known, as the `SET` clause of an
/// update.
///
/// Every column takes the greater of two values in a fixed order (the higher rank, the earlier
/// time, the larger cost), so a merge can be repeated and its order does not matter: however the
/// events of a message arrive, they end in the same row. And since the statement itself compares, a
/// status never goes backwards.
final class StatusMerge {
  /// One row named `incoming` with what an event says. The casts tell PostgreSQL the types of
  /// nulls.
  static final String INCOMING =
      """
      (SELECT CAST(? AS TEXT) AS status,
              CAST(? AS INTEGER) AS status_rank,
              CAST(? AS BIGINT) AS status_at,
              CAST(? AS BIGINT) AS sent_at,
              CAST(? AS BIGINT) AS delivered_at,
              CAST(? AS BIGINT) AS opened_at,
              CAST(? AS BIGINT) AS clicked_at,
              CAST(? AS BIGINT) AS failed_at,
              CAST(? AS BIGINT) AS complained_at,
              CAST(? AS TEXT) AS error_code,
              CAST(? AS TEXT) AS error_reason,
              CAST(? AS TEXT) AS action_taken,
              CAST(? AS INTEGER) AS action_rank,
              CAST(? AS BIGINT) AS cost_micros,
              CAST(? AS TEXT) AS cost_currency,
              CAST(? AS BIGINT) AS last_event_at) AS incoming
      """;

  static final String COLUMNS =
      "status, status_rank, status_at, sent_at, delivered_at, opened_at, clicked_at, failed_at,"
          + " complained_at, error_code, error_reason, action_taken, action_rank, cost_micros,"
          + " cost_currency, last_event_at";

  static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

  /// In the status comparison the times and names stand crosswise: the earlier one wins.
  private static final String SET =
      """
      status = CASE WHEN $better_status THEN $in.status ELSE $row.status END,
      status_rank = CASE WHEN $better_status THEN $in.status_rank ELSE $row.status_rank END,
      status_at = CASE WHEN $better_status THEN $in.status_at ELSE $row.status_at END,
      sent_at = $first(sent_at),
      delivered_at = $first(delivered_at),
      opened_at = $first(opened_at),
      clicked_at = $first(clicked_at),
      complained_at = $first(complained_at),
      failed_at = $first(failed_at),
      error_code = CASE WHEN $better_error THEN $in.error_code ELSE $row.error_code END,
      error_reason = CASE WHEN $better_error THEN $in.error_reason ELSE $row.error_reason END,
      action_taken = CASE WHEN $better_action THEN $in.action_taken ELSE $row.action_taken END,
      action_rank = CASE WHEN $better_action THEN $in.action_rank ELSE $row.action_rank END,
      cost_micros = CASE WHEN $better_cost THEN $in.cost_micros ELSE $row.cost_micros END,
      cost_currency = CASE WHEN $better_cost THEN $in.cost_currency ELSE $row.cost_currency END,
      last_event_at = CASE WHEN $row.last_event_at IS NULL OR $in.last_event_at > $row.last_event_at
                           THEN $in.last_event_at ELSE $row.last_event_at END
      """
          .replace(
              "$better_status",
              "($in.status_rank, $row.status_at, $row.status)"
                  + " > ($row.status_rank, $in.status_at, $in.status)")
          .replace(
              "$better_error",
              "$in.failed_at IS NOT NULL AND ($row.failed_at IS NULL"
                  + " OR ($in.failed_at, COALESCE($in.error_code, ''),"
                  + " COALESCE($in.error_reason, '')) < ($row.failed_at,"
                  + " COALESCE($row.error_code, ''), COALESCE($row.error_reason, '')))")
          .replace(
              "$better_action",
              "($in.action_rank, $row.action_taken) > ($row.action_rank, $in.action_taken)")
          .replace(
              "$better_cost",
              "$in.cost_micros IS NOT NULL AND ($row.cost_micros IS NULL"
                  + " OR ($in.cost_micros, $in.cost_currency)"
                  + " > ($row.cost_micros, $row.cost_currency))")
          .replaceAll(
              "\\$first\\((\\w+)\\)",
              "CASE WHEN \\$row.$1 IS NULL OR \\$in.$1 < \\$row.$1"
                  + " THEN \\$in.$1 ELSE \\$row.$1 END");

  private StatusMerge() {}

  /// @param row the table to update
  /// @param incoming what is merged into it: `incoming` or, after `ON CONFLICT`, `excluded`
  static String set(String row, String incoming) {
    return SET.replace("$row", row).replace("$in", incoming);
  }

  /// Gives the values of the columns, in their order.
  static void bind(RowStatement row, StatusEvent event) {
    MessageStatus status = event.status();
    Action action = event.action();
    Cost cost = event.cost();
    row.text(status == null ? null : status.label())
        .number(status == null ? -1L : status.rank())
        .number(micros(status == null ? null : event.occurredAt()))
        .number(micros(event.at(MessageStatus.SENT)))
        .number(micros(event.at(MessageStatus.DELIVERED)))
        .number(micros(event.at(MessageStatus.OPENED)))
        .number(micros(event.at(MessageStatus.CLICKED)))
        .number(micros(event.failedAt()))
        .number(micros(event.complainedAt()))
        .text(event.failure().code())
        .text(event.failure().reason())
        .text(action == null ? null : action.name())
        .number(action == null ? 0L : action.rank())
        .number(cost == null ? null : (Long) cost.micros())
        .text(cost == null ? null : cost.currency())
        .number(micros(event.occurredAt()));
  }

  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : (Long) EpochMicros.of(instant);
  }
}
