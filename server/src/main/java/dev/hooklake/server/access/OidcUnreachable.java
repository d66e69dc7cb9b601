package dev.hooklake.server.access;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The identity provider did not answer, or not as OpenID Connect asks. The message is for the
/// operator who set it up.
public final class OidcUnreachable extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  OidcUnreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
