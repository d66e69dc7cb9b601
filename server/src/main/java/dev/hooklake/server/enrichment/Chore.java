package dev.hooklake.server.enrichment;

import java.time.Duration;

/// Something that one of the servers does now and then.
///
/// @param name under which they agree who
public record Chore(String name, Duration every, Work work) {

  /// What is done. What it throws is logged; it is done again next time.
  public interface Work {
    void run() throws InterruptedException;
  }
}
