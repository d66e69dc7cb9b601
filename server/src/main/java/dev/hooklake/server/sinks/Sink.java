package dev.hooklake.server.sinks;

import java.util.List;

/// A table somewhere else that takes events.
///
/// Used by one thread. After a failure the same rows come again, perhaps with others: a row that is
/// there already is written over, so that it is there once.
interface Sink extends AutoCloseable {

  /// Writes them all, making or widening the table first where that is due; gives back those whose
  /// contents the table does not take. Fails with [dev.hooklake.server.operations.TargetAway] when
  /// it does not serve now.
  List<Rejected> write(List<SinkRow> rows);

  @Override
  void close();

  /// A row that the table does not take.
  ///
  /// @param reason for people; nothing of what is in the row
  record Rejected(SinkRow row, String reason) {}
}
