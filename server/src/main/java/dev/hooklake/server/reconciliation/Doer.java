package dev.hooklake.server.reconciliation;

import java.util.Locale;

/// Who opened or clicked, where the provider tells it apart.
public enum Doer {
  ANYONE,
  HUMAN,
  MACHINE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
