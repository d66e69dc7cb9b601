package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.ChannelFailure;
import dev.hooklake.server.alerts.channel.Notice;
import java.util.ArrayList;
import java.util.List;

/// Keeps what it is told; may fail.
final class RecordedChannel implements Channel {
  boolean fails;
  private final List<Notice> attempts = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public void send(Notice notice) throws ChannelFailure {
    attempts.add(notice);
    if (fails) {
      throw new ChannelFailure("it fails as it was told to");
    }
    notices.add(notice);
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
