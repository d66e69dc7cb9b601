package dev.hooklake.sources.c2s;

/// What makes two lead events the same one.
///
/// C2S writes `updated_at` in whole seconds, so that with the first choice two changes of a lead
/// within one second count as one event.
public enum LeadKey {
  /// Lead id and `updated_at`: what users of the older guide know.
  UPDATED_AT,

  /// These and what happened to the lead.
  ACTION,

  /// Lead id, `updated_at` and the digest of the event's text.
  BODY
}
