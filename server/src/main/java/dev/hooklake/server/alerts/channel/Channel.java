package dev.hooklake.server.alerts.channel;

/// A way to tell people. Used by one thread at a time, except for tests.
public interface Channel {
  /// Also its name in metrics and answers: `log`, `webhook`, `slack`, `email`.
  String name();

  /// Returns when the other side has taken it.
  void send(Notice notice) throws ChannelFailure, InterruptedException;
}
