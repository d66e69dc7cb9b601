package dev.hooklake.providers.customerio;

/// What metrics are asked of. Only campaigns have version 2: any window, any time zone. The others
/// count back from now, in days that begin at midnight US Eastern time.
public enum MetricsOf {
  CAMPAIGN("campaigns"),
  NEWSLETTER("newsletters"),
  BROADCAST("broadcasts"),
  TRANSACTIONAL("transactional");

  private final String path;

  MetricsOf(String path) {
    this.path = path;
  }

  boolean takesWindow() {
    return this == CAMPAIGN;
  }

  String path(long id) {
    return "/v1/" + path + "/" + id + "/metrics";
  }
}
