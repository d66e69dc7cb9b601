package dev.hooklake.server.replay;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Makes journal records again from the landing table. The journal lets nothing go that has not
/// landed, so all is there but what was erased or has expired.
public final class LandedRecords implements ReleasedRecords {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);

  /// Positions mean something only within one journal. If there was an earlier one, its rows came
  /// earlier.
  private static final String ROWS =
      """
      SELECT * FROM webhook_landing
      WHERE journal_position > CAST(? AS BIGINT) AND journal_position <= CAST(? AS BIGINT)
      QUALIFY row_number() OVER (PARTITION BY journal_position ORDER BY received_at DESC) = 1
      ORDER BY journal_position\
      """;

  private final LakeReader lake;

  public LandedRecords(LakeReader lake) {
    this.lake = lake;
  }

  @Override
  public List<JournalRecord> read(long after, long through) throws IOException {
    var records = new ArrayList<JournalRecord>();
    try (LakeSql sql = LakeSql.open(lake, LIMITS)) {
      sql.query(
          ROWS,
          List.of(String.valueOf(after), String.valueOf(through)),
          new TableRows(Tables.LANDING, row -> records.add(record(row))));
      return records;
    } catch (SqlFailure e) {
      throw new IOException("the landing table cannot be read: " + e.getMessage(), e);
    }
  }

  private static JournalRecord record(Row landing) {
    SourceEvent event = LandingRows.event(landing);
    return new JournalRecord(
        (Long) DerivedRows.present(landing, "journal_position"),
        event.receivedAt(),
        EventKey.of(event.source(), event.eventKey()),
        EventCodec.encode(event));
  }
}
