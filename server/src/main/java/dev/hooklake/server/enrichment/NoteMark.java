package dev.hooklake.server.enrichment;

import dev.hooklake.sources.c2s.LeadText;

/// By what our notes are known, whether the CRM shows the mark it was sent with or only the text.
final class NoteMark {
  private static final String PREFIX = "hooklake-";
  private static final int ID_CHARS = 16;

  private NoteMark() {}

  static String of(StoredEvent event) {
    return PREFIX + event.id().substring(0, ID_CHARS);
  }

  static boolean isOurs(LeadText text) {
    String externalId = text.externalId();
    return (externalId != null && externalId.startsWith(PREFIX)) || text.body().contains(PREFIX);
  }

  static boolean has(LeadText text, String mark) {
    return mark.equals(text.externalId()) || text.body().contains(mark);
  }
}
