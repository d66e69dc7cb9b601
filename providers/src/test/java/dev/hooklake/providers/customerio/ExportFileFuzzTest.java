package dev.hooklake.providers.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.providers.customerio.ExportFile.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Any bytes at all are a file of deliveries, row by row, or are told why not; how they arrive
/// makes no difference. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=ExportFileFuzzTest`
/// searches for more than the kept inputs.
class ExportFileFuzzTest {
  private static final Instant EARLIEST = Instant.parse("2012-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2026-09-20T00:00:00Z");
  private static final Reading BY_COLUMN = new Reading(null, LATEST);

  @FuzzTest
  void anyBytesAreRowsOrNoFile(byte[] file) throws IOException {
    List<Object> rows = read(new ByteArrayInputStream(file), BY_COLUMN);
    assertThat(read(new OneByOne(file), BY_COLUMN)).isEqualTo(rows);
    read(new ByteArrayInputStream(file), new Reading("email", LATEST))
        .forEach(ExportFileFuzzTest::check);
    rows.forEach(ExportFileFuzzTest::check);
    assertThat(rows).hasSizeLessThanOrEqualTo(file.length + 1);
  }

  /// Its rows, and at the end why it does not go on.
  private static List<Object> read(InputStream in, Reading reading) throws IOException {
    List<Object> rows = new ArrayList<>();
    try (ExportFile file = ExportFile.open(in, reading)) {
      assertThat(file.unusedColumns()).allMatch(name -> name.matches("id|\\(column [0-9]+\\)"));
      Optional<Row> row = file.next();
      while (row.isPresent()) {
        rows.add(row.get());
        row = file.next();
      }
    } catch (UnusableExport e) {
      rows.add(e.getMessage());
    }
    return rows;
  }

  private static void check(Object row) {
    switch (row) {
      case Row.Message(CustomerIoMessage message) -> {
        assertThat(message.id()).matches("[\\x21-\\x7e]{1,200}");
        assertThat(message.created()).isBetween(EARLIEST, LATEST);
        assertThat(message.metrics().values())
            .allSatisfy(time -> assertThat(time).isBetween(message.created(), LATEST));
      }
      case Row.Unreadable(long line, String why) -> {
        assertThat(line).isPositive();
        assertThat(why).hasSizeBetween(1, 200);
      }
      default -> assertThat(row).isInstanceOf(String.class);
    }
  }

  /// As a slow network gives it.
  private static final class OneByOne extends InputStream {
    private final InputStream file;

    OneByOne(byte[] file) {
      this.file = new ByteArrayInputStream(file);
    }

    @Override
    public int read() throws IOException {
      return file.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return file.read(buffer, offset, Math.min(length, 1));
    }
  }
}
