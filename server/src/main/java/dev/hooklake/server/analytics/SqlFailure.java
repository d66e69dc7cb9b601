package dev.hooklake.server.analytics;

import java.util.List;

/// A query that cannot be run or did not end well; the message is for the person who typed it.
public sealed class SqlFailure extends RuntimeException permits SqlFailure.Busy {
  private static final long serialVersionUID = 1L;

  /// Of little memory, a full disk, the lake's files, or what was asked.
  private static final List<String> NO_FAULTS_OF_A_DATABASE =
      List.of(
          "Out of Memory Error",
          "INTERRUPT Error",
          "Conversion Error",
          "Out of Range Error",
          "No space left on device",
          "Too many open files",
          "Could not set lock",
          ".parquet");

  /// For those who ask on behalf of the person.
  public static SqlFailure of(String message) {
    return new SqlFailure(message);
  }

  SqlFailure(String message) {
    super(message);
  }

  SqlFailure(String message, Exception cause) {
    super(message, cause);
  }

  /// Whether the database file that was asked is not to blame, so that another would not help.
  boolean mayPass() {
    String message = String.valueOf(getMessage());
    return NO_FAULTS_OF_A_DATABASE.stream().anyMatch(message::contains);
  }

  /// DuckDB says what is wrong on one line, sometimes behind one about the failed result; the
  /// statement it draws below would repeat the values in it.
  static String firstLine(Exception e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    boolean wrapped = lines.size() > 1 && lines.get(1).startsWith("Error: ");
    return wrapped ? lines.get(1).substring("Error: ".length()) : lines.getFirst();
  }

  /// Not answered for a reason that has passed soon: the same question may be answered then.
  public static final class Busy extends SqlFailure {
    private static final long serialVersionUID = 1L;

    private Busy(String message) {
      super(message);
    }

    static Busy others() {
      return new Busy("other questions to the lake are being answered; try again");
    }

    static Busy cleared() {
      return new Busy("an erasure or a start deleted what the query had put on disk; try again");
    }
  }
}
