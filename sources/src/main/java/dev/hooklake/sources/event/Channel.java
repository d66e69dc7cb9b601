package dev.hooklake.sources.event;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a message reaches a person, or what else an event is about; each has one table for the
/// events of all providers.
public enum Channel {
  EMAIL("email"),
  SMS("sms"),
  PUSH("push"),
  IN_APP("in_app"),
  WHATSAPP("whatsapp"),
  SLACK("slack"),
  WEBHOOK("webhook"),
  CUSTOMER("customer"),
  LEAD("lead");

  private static final Map<String, Channel> BY_LABEL = byLabel();

  private final String label;

  Channel(String label) {
    this.label = label;
  }

  /// The channel of a label as written in tables and payloads, for example `in_app`.
  public static Optional<Channel> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  public String label() {
    return label;
  }

  /// The table of this channel's events.
  public Table table() {
    return Tables.events(this);
  }

  private static Map<String, Channel> byLabel() {
    var channels = new TreeMap<String, Channel>();
    for (Channel channel : values()) {
      channels.put(channel.label, channel);
    }
    return Map.copyOf(channels);
  }
}
