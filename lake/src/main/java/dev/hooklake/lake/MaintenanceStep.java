package dev.hooklake.lake;

/// One thing that maintenance did to a table, each a whole: what was done stays done whatever
/// happens to the next.
///
/// | step         | what it did                                                             |
/// |--------------|-------------------------------------------------------------------------|
/// | Configured   | the table's own properties now say how long older versions are kept     |
/// | Expired      | days beyond the table's retention are gone from its newest version      |
/// | Compacted    | the rows of many files are in one                                       |
/// | TooLarge     | nothing: a merge needed too much memory; half as much comes next         |
/// | Checkpointed | a reader need not read the commits before this version                  |
/// | LogCleaned   | commits that no kept version needs are deleted                          |
/// | Vacuumed     | data files that no kept version refers to are deleted                   |
/// | Failed       | nothing, or one of these of which the answer was lost; tried again later |
public sealed interface MaintenanceStep {
  /// The table's name.
  String table();

  record Configured(String table) implements MaintenanceStep {}

  /// Days beyond the retention went.
  ///
  /// @param days how many of them
  record Expired(String table, int days, int files, long rows) implements MaintenanceStep {}

  /// Many files became one.
  ///
  /// @param partition the day, as the table has it
  /// @param files how many went into the one
  record Compacted(
      String table, String partition, int files, long rows, long bytesBefore, long bytesAfter)
      implements MaintenanceStep {}

  /// The next groups of that partition are at most half as large.
  ///
  /// @param files how many did not go into one
  record TooLarge(String table, String partition, int files) implements MaintenanceStep {}

  record Checkpointed(String table, long version) implements MaintenanceStep {}

  record LogCleaned(String table, long entries) implements MaintenanceStep {}

  record Vacuumed(String table, int files, long bytes) implements MaintenanceStep {}

  record Failed(String table, String reason) implements MaintenanceStep {}
}
