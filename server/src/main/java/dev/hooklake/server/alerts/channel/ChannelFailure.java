package dev.hooklake.server.alerts.channel;

import java.io.Serial;

/// A channel did not take a notice. The reason says why and names no secret.
public final class ChannelFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  public ChannelFailure(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
