package dev.hooklake.lake;

/// How a batch ended.
///
/// | outcome   | may the batch be in the lake?          | what the pipeline does              |
/// |-----------|----------------------------------------|-------------------------------------|
/// | Committed | yes, whole, in every table it touches  | passes the journal position         |
/// | Failed    | in some tables perhaps, not in landing | backs off, commits the same again   |
/// | Rejected  | no; the lake's tables refuse it        | stops, alerts, keeps the journal    |
public sealed interface CommitOutcome {
  record Committed(long lastSequence) implements CommitOutcome {}

  record Failed(String reason) implements CommitOutcome {}

  record Rejected(String reason) implements CommitOutcome {}
}
