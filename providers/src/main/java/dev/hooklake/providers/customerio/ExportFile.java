package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the file of an export, row by row and in bounded memory: CSV in UTF-8 with a line of
/// names.
///
/// What cannot be read is told with its line and never guessed: a cell that is no time makes no
/// event. Used by one thread.
public final class ExportFile implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_COLUMNS = 1_000;
  private static final String NO_TEXT = "the file is no text in UTF-8";
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).build())
          .build();

  private final CsvParser parser;
  private final ExportColumns columns;
  private final ExportRows rows;

  /// A row of the file.
  public sealed interface Row {
    record Message(CustomerIoMessage message) implements Row {}

    /// Not read, and passed over.
    ///
    /// @param line of the file, counted from 1; where cells hold line breaks, the row's first
    /// @param why without a value of the row
    record Unreadable(long line, String why) implements Row {}
  }

  private ExportFile(CsvParser parser, Reading reading) throws IOException {
    this.parser = parser;
    Line header = line().orElseThrow(() -> new UnusableExport("the file is empty"));
    this.columns = ExportColumns.of(header.cells(), reading.type() != null);
    this.rows = new ExportRows(columns, reading);
  }

  /// Begins with the line of names.
  ///
  /// @param in is closed with this
  /// @throws UnusableExport when there is no column for what is needed
  public static ExportFile open(InputStream in, Reading reading) throws IOException {
    CsvParser parser = parser(in);
    parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
    try {
      return new ExportFile(parser, reading);
    } catch (IOException e) {
      parser.close();
      throw e;
    }
  }

  /// Looks at the first bytes for an encoding.
  private static CsvParser parser(InputStream in) throws IOException {
    try {
      return CSV.createParser(in);
    } catch (CharConversionException e) {
      in.close();
      throw new UnusableExport(NO_TEXT);
    }
  }

  /// Columns that are not used, by their places: a name that is not known may be a person's.
  public List<String> unusedColumns() {
    return columns.unused();
  }

  /// Whether it says of opens and clicks who did it; else a machine's look like a person's.
  public boolean tellsWhoDidIt() {
    return (!columns.has("opened") || columns.has("human_opened") || columns.has("prefetch_opened"))
        && (!columns.has("clicked")
            || columns.has("human_clicked")
            || columns.has("prefetch_clicked"));
  }

  /// The next row; empty at the end.
  ///
  /// @throws UnusableExport when the file is no CSV from here on
  public Optional<Row> next() throws IOException {
    Optional<Line> line = line();
    while (line.isPresent() && line.get().blank()) {
      line = line();
    }
    return line.map(read -> rows.row(read.number(), read.cells()));
  }

  private record Line(long number, List<String> cells) {
    boolean blank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  private Optional<Line> line() throws IOException {
    try {
      return read();
    } catch (JacksonException e) {
      // Its own message may quote the file.
      throw new UnusableExport(
          "the file is no CSV from line "
              + parser.currentLocation().getLineNr()
              + " on: a quote that is not closed, or a cell of more than a mebibyte");
    } catch (CharConversionException e) {
      throw new UnusableExport(NO_TEXT);
    }
  }

  private Optional<Line> read() throws IOException {
    List<String> cells = new ArrayList<>();
    long number = 0;
    long length = 0;
    @Nullable JsonToken token = parser.nextToken();
    while (token != null && !(token == JsonToken.END_ARRAY && number > 0)) {
      if (token == JsonToken.VALUE_STRING) {
        number = number == 0 ? parser.currentTokenLocation().getLineNr() : number;
        String cell = parser.getText();
        cells.add(cell);
        length += cell.length();
      }
      if (length > LONGEST_LINE) {
        throw new UnusableExport("line " + number + " has more than a mebibyte of text");
      }
      if (cells.size() > MOST_COLUMNS) {
        throw new UnusableExport("a line has more than " + MOST_COLUMNS + " cells");
      }
      token = parser.nextToken();
    }
    return cells.isEmpty() ? Optional.empty() : Optional.of(new Line(number, cells));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
