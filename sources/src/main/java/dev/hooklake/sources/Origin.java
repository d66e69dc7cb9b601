package dev.hooklake.sources;

import java.util.Locale;

/// How an event came to us: the column `origin` of the channel tables.
///
/// The event's path tells it. A request's path begins with a slash, so no sender can pass a webhook
/// off as a backfill.
public enum Origin {
  /// The provider sent it.
  WEBHOOK,
  /// It was made from what the provider's API shows of a message, because no webhook came.
  BACKFILL;

  private static final String BACKFILL_PATH = "backfill:";

  /// The path of an event that was made from what this path of the provider's API shows.
  public static String backfillPath(String apiPath) {
    return BACKFILL_PATH + apiPath;
  }

  static Origin ofPath(String path) {
    return path.startsWith(BACKFILL_PATH) ? BACKFILL : WEBHOOK;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
