package dev.hooklake.server.cli;

/// A command that did not succeed; the message is for the person who typed it.
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int FAILED = 1;

  private final int exitCode;

  public CommandFailure(String message) {
    this(message, FAILED);
  }

  public CommandFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  CommandFailure(String message, Exception cause) {
    super(message, cause);
    this.exitCode = FAILED;
  }

  int exitCode() {
    return exitCode;
  }
}
