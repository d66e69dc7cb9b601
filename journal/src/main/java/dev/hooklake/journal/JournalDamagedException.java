package dev.hooklake.journal;

import java.io.IOException;
import java.nio.file.Path;

/// Something that was acknowledged cannot be read back. Nothing goes on past it by itself: the
/// operator looks (`hooklake journal verify`) and decides (`hooklake journal repair`).
public final class JournalDamagedException extends IOException {

  private static final long serialVersionUID = 1;

  private final String what;

  JournalDamagedException(Path file, long offset, String what) {
    super(
        "journal damaged: "
            + file
            + " at byte "
            + offset
            + ": "
            + what
            + "; run `hooklake journal verify` to see how much, `hooklake journal repair` to keep"
            + " what can be read and go on");
    this.what = what;
  }

  static JournalDamagedException atSequence(Path file, long offset, long sequence, String reason) {
    return new JournalDamagedException(
        file, offset, "record " + sequence + " was acknowledged and cannot be read: " + reason);
  }

  String what() {
    return what;
  }
}
