package dev.hooklake.providers.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.providers.customerio.ExportFile.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportFileTest {
  private static final Instant LATEST = Instant.parse("2026-09-20T00:00:00Z");
  private static final String HEAD = "delivery_id,type,sent,opened\n";

  @Test
  void columnsAreFoundByNameWhateverItsCaseAndSeparators() throws Exception {
    String head =
        "\uFEFFDELIVERY-ID,Plan,Type,Sent At,human opened,Transactional Message ID,recipient";
    String row =
        "dgO_Ag==,basic, Email,1788000600,2026-08-29T08:10:05+02:00,12,\"Ana \"\"A\"\" <ana@example.org>\"";
    String file = head + "\r\n" + row + "\r\n";
    try (ExportFile export = open(file, null)) {
      assertThat(export.unusedColumns()).containsExactly("(column 2)");
      assertThat(export.tellsWhoDidIt()).isTrue();
      CustomerIoMessage message = ((Row.Message) export.next().orElseThrow()).message();
      assertThat(message.id()).isEqualTo("dgO_Ag==");
      assertThat(message.type()).isEqualTo("email");
      assertThat(message.recipient()).isEqualTo("Ana \"A\" <ana@example.org>");
      assertThat(message.parent().transactionalId()).isEqualTo(12);
      assertThat(message.metrics())
          .isEqualTo(
              Map.of(
                  "sent",
                  Instant.ofEpochSecond(1_788_000_600),
                  "human_opened",
                  Instant.parse("2026-08-29T06:10:05Z")));
      assertThat(message.created()).isEqualTo(Instant.parse("2026-08-29T06:10:05Z"));
      assertThat(export.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d1,email,1,|sent is no time",
        "d1,email,0,|sent is no time",
        "d1,email,yes,|sent is no time",
        "d1,email,2026-08-29,|sent is no time",
        "d1,email,2026-08-29 10:00:00,|sent is no time",
        "d1,email,1788000600000,|sent is no time",
        "d1,email,1999999999,|sent is no time",
        "d1,email,999999999999999999999,|sent is no time",
        ",email,1788000600,|delivery_id is no id",
        "two words,email,1788000600,|delivery_id is no id",
        "d1,,1788000600,|type is empty",
        "d1,Ana,1788000600,|type is no kind of message: email, sms,",
        "d1,customer,1788000600,|type is no kind of message: email, sms,",
        "d1,email,1788000600|it has 3 cells, not 4",
        "d1,email,1788000600,,5|it has 5 cells, not 4",
      })
  void aRowThatCannotBeReadIsToldByItsLineAndNothingIsGuessed(String row, String why)
      throws Exception {
    List<Row> rows = rows(HEAD + "d0,email,1788000600,\n\n" + row + "\nd2,email,,1788000601\n");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).isInstanceOf(Row.Message.class);
    assertThat(rows.get(1))
        .isInstanceOfSatisfying(
            Row.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.line()).isEqualTo(4);
              assertThat(unreadable.why()).startsWith(why);
            });
    assertThat(rows.get(2)).isInstanceOf(Row.Message.class);
  }

  @Test
  void aFileOfCountsMakesNoEventOf1970() throws Exception {
    assertThat(rows(HEAD + "d1,email,1,0\nd2,email,1,1\n"))
        .hasSize(2)
        .allMatch(Row.Unreadable.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the file is empty",
        "'email,sent'|no column for the id of the delivery",
        "'id,type,sent'|no column for the id of the delivery (delivery_id, or id beside customer_id). The columns are: id, type, sent",
        "'delivery_id,type,plan'|no column for the time of anything that happened (drafted, sent",
        "'delivery_id,sent'|no column for the kind of message",
        "'delivery_id,type,sent,Sent At'|columns 3 and 4 are both called sent",
        "'delivery_id;type;sent'|None of the 1 cells of the first line",
        "'d1,ana@example.org,1788000600'|None of the 3 cells of the first line is a name",
        "'type,ana@example.org,17'|The columns are: type, (column 2), (column 3)",
        "'Sent,Ana Souza,17'|The columns are: sent, (column 2), (column 3)",
      })
  void aFileThatIsNoExportIsRefusedByWhatItsFirstLineLacks(String head, String why) {
    assertThatThrownBy(() -> open(head, null))
        .isInstanceOf(UnusableExport.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContainIgnoringCase("ana");
  }

  @Test
  void anIdIsTheDeliverysBesideAPersonsAndTheChannelMayBeSaid() throws Exception {
    try (ExportFile export = open("id,customer_id,opened\nd1,42,1788000600\n", "sms")) {
      CustomerIoMessage message = ((Row.Message) export.next().orElseThrow()).message();
      assertThat(message.id()).isEqualTo("d1");
      assertThat(message.person().customerId()).isEqualTo("42");
      assertThat(message.type()).isEqualTo("sms");
      assertThat(export.unusedColumns()).isEmpty();
      assertThat(export.tellsWhoDidIt()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"d1,email,\"1788000600,\nana@example.org", "d1,email,\"1\"x,\nd2,email,,"})
  void whatIsNoCsvBreaksTheFileOffWithoutQuotingIt(String rest) throws Exception {
    try (ExportFile export = open(HEAD + rest, null)) {
      assertThatThrownBy(export::next)
          .isInstanceOf(UnusableExport.class)
          .hasMessageContaining("no CSV from line")
          .message()
          .doesNotContain("ana@", "email,");
    }
  }

  @Test
  void whatIsNoTextIsRefused() {
    byte[] packed = {(byte) 0x1f, (byte) 0x8b, 8, 0, (byte) 0xc3, (byte) 0x28, (byte) 0xff};
    assertThatThrownBy(
            () -> ExportFile.open(new ByteArrayInputStream(packed), new Reading(null, LATEST)))
        .isInstanceOf(UnusableExport.class)
        .hasMessage("the file is no text in UTF-8");
  }

  @Test
  void aCellWithoutEndIsNotTakenIntoMemory() throws Exception {
    try (ExportFile export = open(HEAD + "d1,email,\"" + "x".repeat(2 << 20), null)) {
      assertThatThrownBy(export::next).isInstanceOf(UnusableExport.class);
    }
  }

  @Test
  void aLineWithoutEndIsNotTakenIntoMemoryAndALongCellIsToldByItsRow() throws Exception {
    String half = "x".repeat(600_000);
    try (ExportFile export = open(HEAD + "d1,email," + half + "," + half + "\n", null)) {
      assertThatThrownBy(export::next)
          .isInstanceOf(UnusableExport.class)
          .hasMessage("line 2 has more than a mebibyte of text");
    }
    String head = "delivery_id,type,sent,subject,plan\n";
    String row = "d1,email,1788000600,%s,%s\n";
    String most = "x".repeat(4_096);
    assertThat(rows(head + row.formatted(most, half))).first().isInstanceOf(Row.Message.class);
    assertThat(rows(head + row.formatted(most + "x", "")))
        .containsExactly(new Row.Unreadable(2, "subject has more than 4096 characters"));
  }

  private static List<Row> rows(String file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ExportFile export = open(file, null)) {
      for (var row = export.next(); row.isPresent(); row = export.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private static ExportFile open(String file, String type) throws IOException {
    return ExportFile.open(
        new ByteArrayInputStream(file.getBytes(UTF_8)), new Reading(type, LATEST));
  }
}
