package dev.hooklake.server.app;

import dev.hooklake.journal.RecoveryReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log what opening the journal has found.
final class RecoveryLog {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryLog.class);

  private RecoveryLog() {}

  static void tell(RecoveryReport report) {
    LOG.info(
        "Journal opened: {} segments, last sequence {}", report.segments(), report.lastSequence());
    report
        .tornTail()
        .ifPresent(torn ->
            LOG.warn(
                "Cut off an unfinished write of {} bytes at byte {} of {}; nothing in it was"
                    + " acknowledged",
                torn.bytes(),
                torn.offset(),
                torn.file()));
  }
}
