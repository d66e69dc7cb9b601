package dev.hooklake.server.admin;

import dev.hooklake.server.access.Role;
import org.jspecify.annotations.Nullable;

/// Who may use a path of the admin port.
public enum Access {
  /// Anybody: the way in, and what holds no data.
  OPEN(null),
  VIEWER(Role.VIEWER),
  OPERATOR(Role.OPERATOR);

  private final @Nullable Role role;

  Access(@Nullable Role role) {
    this.role = role;
  }

  boolean lets(@Nullable Role caller) {
    return role == null || (caller != null && caller.includes(role));
  }
}
