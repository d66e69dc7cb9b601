package dev.hooklake.server.console;

/// Where in the navigation a page stands; lines of a group keep the order of the wiring.
public enum NavGroup {
  NOW(""),
  TRUST("Trust"),
  DATA("Data"),
  SERVER("Server");

  private final String label;

  NavGroup(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
