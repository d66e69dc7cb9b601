package dev.hooklake.server.access;

import java.util.Locale;

/// What a caller may do. An operator may do all that a viewer may.
public enum Role {
  /// Looks at everything that is not about a person.
  VIEWER,
  /// Also changes things, asks the tables freely and sees personal data; each of these is audited.
  OPERATOR;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
