package dev.hooklake.server.console;

/// Which lines of the live feed to show; empty takes all.
public record LiveFilter(String source, String channel, String metric, String outcome) {
  static final LiveFilter ALL = new LiveFilter("", "", "", "");

  static LiveFilter of(PageRequest request) {
    return new LiveFilter(
        request.query("source"),
        request.query("channel"),
        request.query("metric"),
        request.query("outcome"));
  }

  boolean takes(LiveEvent event) {
    return is(source, event.source())
        && is(channel, event.channel())
        && is(metric, event.metric())
        && is(outcome, event.outcome());
  }

  private static boolean is(String wanted, String value) {
    return wanted.isEmpty() || wanted.equals(value);
  }
}
