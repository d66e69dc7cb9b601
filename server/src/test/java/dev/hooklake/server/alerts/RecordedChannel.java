package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.ChannelFailure;
import dev.hooklake.server.alerts.channel.Notice;
import java.util.ArrayList;
import java.util.List;

/// Keeps what it is told; may fail, and may take the server down.
final class RecordedChannel implements Channel {
  boolean fails;
  boolean crashes;

  /// Happens once, while a notice is under way.
  Runnable whileSending = () -> {};

  private final String name;
  private final List<Notice> attempts = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  RecordedChannel(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Notice notice) throws ChannelFailure {
    attempts.add(notice);
    Runnable meanwhile = whileSending;
    whileSending = () -> {};
    meanwhile.run();
    if (fails) {
      throw new ChannelFailure("it fails as it was told to");
    }
    notices.add(notice);
    if (crashes) {
      throw new IllegalStateException("the server ends between sending and its record");
    }
  }

  List<Notice> attempts() {
    return attempts;
  }

  List<Notice> notices() {
    return notices;
  }

  List<Notice.State> states(RuleName rule) {
    return notices.stream()
        .filter(notice -> notice.rule().equals(rule.label()))
        .map(Notice::state)
        .toList();
  }
}
