package dev.hooklake.server.cli;

/// A command that did not succeed; the message is for the person who typed it.
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Exception cause) {
    super(message, cause);
  }
}
