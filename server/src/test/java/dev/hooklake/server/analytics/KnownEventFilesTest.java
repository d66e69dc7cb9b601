package dev.hooklake.server.analytics;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownEventFilesTest {

  @Test
  void theFilesForOtherEnginesHoldTheKnownEvents() throws IOException {
    for (Map.Entry<String, String> file : KnownEventFiles.of(KnownEvents.rows()).entrySet()) {
      KnownFiles.assertUpToDate(
          KnownFiles.KNOWN.resolve("events").resolve(file.getKey()), file.getValue());
    }
  }
}
