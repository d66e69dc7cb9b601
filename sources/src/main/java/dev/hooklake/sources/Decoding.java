package dev.hooklake.sources;

import dev.hooklake.sources.event.Row;

/// What an event means: a row of a channel table, or a named reason why it is not understood.
public sealed interface Decoding {

  record Understood(Row row) implements Decoding {}

  /// Authentic but not understood: quarantined with this reason, and replayable once a decoder
  /// knows it. The message says what was expected and holds no personal data.
  record NotUnderstood(Reason reason, String message) implements Decoding {}

  /// Why an event is quarantined.
  enum Reason {
    NOT_JSON,
    NOT_AN_OBJECT,
    OBJECT_TYPE_UNKNOWN,
    METRIC_MISSING,
    TIMESTAMP_UNUSABLE,
    FIELD_UNUSABLE,
    /// Our fault: the decoder threw instead of answering.
    DECODER_FAILED,
    /// The event's source is no longer configured, so nobody can decode it.
    SOURCE_UNKNOWN
  }
}
