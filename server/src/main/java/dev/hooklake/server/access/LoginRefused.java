package dev.hooklake.server.access;

import java.io.Serial;

/// A login that is not let in; the message says why, and names nobody.
public final class LoginRefused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  LoginRefused(String message) {
    super(message);
  }
}
