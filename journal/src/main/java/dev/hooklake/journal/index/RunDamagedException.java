package dev.hooklake.journal.index;

import java.io.IOException;
import java.nio.file.Path;

/// A run file cannot be read back, so repeats of its keys cannot be told from news.
public final class RunDamagedException extends IOException {

  private static final long serialVersionUID = 1;

  private final String what;

  RunDamagedException(Path file, long offset, String what) {
    super(
        "duplicate index damaged: "
            + file
            + " at byte "
            + offset
            + ": "
            + what
            + "; run `hooklake journal verify` to see how much, `hooklake journal repair` to keep"
            + " what can be read and go on");
    this.what = what;
  }

  String what() {
    return what;
  }
}
