package dev.hooklake.server.admin;

import java.io.Serial;

/// A request that cannot be answered as it is; the message tells the client what to give instead,
/// and repeats nothing that may be about a person.
final class RefusedRequest extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  RefusedRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  static RefusedRequest malformed(String message) {
    return new RefusedRequest(400, message);
  }

  int status() {
    return status;
  }
}
