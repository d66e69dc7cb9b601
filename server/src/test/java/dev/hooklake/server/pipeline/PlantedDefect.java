package dev.hooklake.server.pipeline;

import java.util.List;

/// A careless change to the real code, made before it is compiled for a simulation of its own.
///
/// @param seed the one that found it last; when the code or the simulation changes, another may
record PlantedDefect(String name, long seed, List<Edit> edits) {
  private static final String JOURNAL = "journal/src/main/java/dev/hooklake/journal/";
  private static final String LAKE = "lake/src/main/java/dev/hooklake/lake/";
  private static final String PIPELINE = "server/src/main/java/dev/hooklake/server/pipeline/";

  /// Text of a source file, which must stand there once, and what takes its place.
  record Edit(String file, String text, String instead) {}

  static final List<PlantedDefect> ALL =
      List.of(
          // The journal: what a 2xx promises.
          one(
              "the sync is left out",
              2,
              JOURNAL + "SegmentWriter.java",
              "void sync() throws IOException {\n    file.sync();",
              "void sync() throws IOException {"),
          one(
              "a failed sync is taken for a good one",
              132,
              JOURNAL + "SegmentWriter.java",
              "void sync() throws IOException {\n    file.sync();",
              "void sync() throws IOException {\n    try {\n      file.sync();\n"
                  + "    } catch (IOException e) {\n    }"),
          one(
              "a key is marked before its record is synced",
              34,
              JOURNAL + "LogWriter.java",
              "newKeySet.add(key.high(), key.low(), batchMillis);",
              "index.add(key.high(), key.low(), batchMillis);"),
          one(
              "a duplicate in flight is acknowledged before its sync",
              9,
              JOURNAL + "PendingAppend.java",
              "Arrays.fill(outcomes, outcome);",
              "Arrays.setAll(outcomes, i -> outcomes[i] instanceof AppendOutcome.Duplicate"
                  + " ? outcomes[i] : outcome);"),
          one(
              "a batch that the disk had no room for is not taken back",
              54,
              JOURNAL + "LogWriter.java",
              "segment.rollBack();",
              "if (segment.bytes() < 0) {\n        segment.rollBack();\n      }"),
          one(
              "the directory is not synced when a segment gets its name",
              2,
              JOURNAL + "JournalDirectory.java",
              "    disk.syncDirectory(path);\n    return new Segment(",
              "    return new Segment("),
          one(
              "what could not be noted as synced is acknowledged",
              3215,
              JOURNAL + "SyncedMark.java",
              "    file.writeFully(bytes.clear(), 0);",
              "    try {\n      file.writeFully(bytes.clear(), 0);\n"
                  + "    } catch (IOException e) {\n    }"),
          one(
              "a repair takes the journal's id from the damaged header",
              1471,
              JOURNAL + "FoundSegment.java",
              "guess.journal().equals(UNKNOWN) ? named : guess.journal();",
              "named;"),
          one(
              "recovery does not write an unproven tail again",
              200,
              JOURNAL + "TailMending.java",
              "writeAgain(file, scan.unprovenFrom(), scan.validEnd());",
              ""),
          one(
              "keys of the last segment are not read again at the start",
              1,
              JOURNAL + "Opening.java",
              "      addKeys(index, segment);",
              "      index.build(new dev.hooklake.journal.index.KeyTable(),"
                  + " segment.firstSequence(), segment.lastSequence());"),
          one(
              "a segment is released before the lake has it",
              1,
              JOURNAL + "Keeper.java",
              "&& segment.lastSequence() <= passed",
              "&& passed >= 0"),
          // The lake: each row exactly once.
          one(
              "a transaction version is used again",
              1,
              LAKE + "LakeTable.java",
              "table, appId, lastSequence);",
              "table, appId, state.transaction());"),
          one(
              "rows that a table ahead of landing has are not skipped",
              3,
              LAKE + "Append.java",
              "row.sequence() > sequence",
              "row.sequence() > Math.min(0, sequence)"),
          one(
              "unknown is taken for committed",
              1,
              LAKE + "TableOutcome.java",
              "return new Unknown(StorageFailure.describe(failure));",
              "return new Committed();"),
          new PlantedDefect(
              "unknown is taken for failed",
              1,
              List.of(
                  new Edit(
                      LAKE + "Append.java",
                      "if (isDone(state)) {",
                      "if (!(outcome instanceof TableOutcome.Unknown u && !u.reason().equals(\"not"
                          + " tried\")) && isDone(state)) {"),
                  new Edit(
                      LAKE + "TableState.java",
                      "return transaction == other.transaction && hasSchemaOf(other);",
                      "return hasSchemaOf(other);"))),
          one(
              "files of a commit that may still arrive are deleted",
              32,
              LAKE + "Append.java",
              "mayStillArrive |= outcome",
              "mayStillArrive = false && outcome"),
          one(
              "a failed table is overlooked",
              4,
              LAKE + "Lake.java",
              "Optional.of(new CommitOutcome.Failed(table + \": \" + reason));\n    };",
              "Optional.empty();\n    };"),
          new PlantedDefect(
              "landing is committed before the channel tables",
              3,
              List.of(
                  new Edit(
                      LAKE + "Lake.java",
                      "Optional<CommitOutcome> stopped = run(typed);",
                      "Optional<CommitOutcome> stopped = Optional.empty();"),
                  new Edit(
                      LAKE + "Lake.java",
                      "    return stopped.orElseGet(",
                      "    if (stopped.isEmpty()) {\n      stopped = run(typed);\n    }\n"
                          + "    return stopped.orElseGet("))),
          // The consumer between them.
          one(
              "the checkpoint is advanced before the commit",
              10,
              PIPELINE + "LakeConsumer.java",
              "CommitOutcome outcome = parts.lake().commit(batch);",
              "Objects.requireNonNull(reader).passed(batch.lastSequence());\n"
                  + "    CommitOutcome outcome = parts.lake().commit(batch);"),
          one(
              "a batch that failed is dropped",
              12,
              PIPELINE + "LakeConsumer.java",
              "case CommitOutcome.Failed(String reason) -> failed(reason);",
              "case CommitOutcome.Failed(String reason) -> {\n        pending.clear();\n"
                  + "        failed(reason);\n      }"));

  /// The control: all of those files compiled again as they are.
  static final PlantedDefect NONE =
      new PlantedDefect(
          "none",
          1,
          ALL.stream()
              .flatMap(defect -> defect.edits().stream())
              .map(edit -> new Edit(edit.file(), edit.text(), edit.text()))
              .toList());

  private static PlantedDefect one(
      String name, long seed, String file, String text, String instead) {
    return new PlantedDefect(name, seed, List.of(new Edit(file, text, instead)));
  }

  @Override
  public String toString() {
    return name;
  }
}
