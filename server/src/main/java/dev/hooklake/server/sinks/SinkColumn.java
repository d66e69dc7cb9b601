package dev.hooklake.server.sinks;

import java.util.List;
import java.util.Locale;

/// The columns of a sink's table, those of an older guide and the whole event.
///
/// New ones go to the end: a table that lacks some gets them added.
enum SinkColumn {
  SOURCE(Kind.KEY),
  EVENT_ID(Kind.KEY),
  EVENT_TYPE(Kind.TEXT),
  CUSTOMER_ID(Kind.TEXT),
  EMAIL_ADDRESS(Kind.TEXT),
  CAMPAIGN_ID(Kind.NUMBER),
  DELIVERY_ID(Kind.TEXT),
  TIMESTAMP(Kind.TIME),
  INSERTED_AT(Kind.TIME),
  EVENT(Kind.JSON);

  static final List<SinkColumn> ALL = List.of(values());

  private final Kind kind;

  SinkColumn(Kind kind) {
    this.kind = kind;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind() {
    return kind;
  }

  /// What a column holds; the keys together tell a row from all others.
  enum Kind {
    KEY,
    TEXT,
    NUMBER,
    TIME,
    JSON
  }
}
