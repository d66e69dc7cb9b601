package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.channel.Channel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// How often rules are evaluated, which, with what limits, and who is told.
///
/// @param zone where the senders' days and weeks are
/// @param off rules that nobody wants
public record AlertSettings(
    Duration every, ZoneId zone, Set<RuleName> off, AlertLimits limits, List<Channel> channels) {
  public AlertSettings {
    off = Set.copyOf(off);
    channels = List.copyOf(channels);
  }
}
