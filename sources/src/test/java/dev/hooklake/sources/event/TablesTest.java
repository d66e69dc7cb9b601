package dev.hooklake.sources.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

  @Test
  void everyChannelHasOneTableUnderProcessedEvents() {
    for (Channel channel : Channel.values()) {
      assertThat(channel.table().name()).isEqualTo(channel.label() + "_events");
      assertThat(channel.table().path()).isEqualTo("processed_events/" + channel.table().name());
      assertThat(Channel.of(channel.label())).contains(channel);
    }
    assertThat(Channel.of("live_activity")).isEmpty();
  }

  @Test
  void tablesAreFoundByTheirNames() {
    assertThat(Tables.all()).hasSize(11);
    for (Table table : Tables.all()) {
      assertThat(Tables.byName(table.name())).containsSame(table);
    }
    assertThat(Tables.byName("nothing")).isEmpty();
  }

  @Test
  void namesAndPathsOfTablesDiffer() {
    assertThat(Tables.all()).extracting(Table::name).doesNotHaveDuplicates();
    assertThat(Tables.all()).extracting(Table::path).doesNotHaveDuplicates();
  }

  @Test
  void thePartitionIsARequiredDateInTheLastColumn() {
    for (Table table : Tables.all()) {
      Column last = table.columns().get(table.columns().size() - 1);
      assertThat(last.name()).isEqualTo(table.partitionColumn());
      assertThat(last.type()).isEqualTo(ColumnType.DATE);
      assertThat(last.required()).isTrue();
    }
  }

  @Test
  void everyColumnIsExplained() {
    for (Table table : Tables.all()) {
      assertThat(table.columns()).allSatisfy(column -> assertThat(column.comment()).isNotBlank());
    }
  }

  @Test
  void channelTablesAgreeOnTheColumnsTheyShare() {
    var shared = new HashSet<>(Channel.SLACK.table().columns());
    for (Channel channel : Channel.values()) {
      List<Column> columns = channel.table().columns();
      assertThat(columns).containsAll(shared);
    }
  }

  @Test
  void onlyMachineAndPrefetchedProveAMachine() {
    assertThat(MachineActivity.isMachine(true, null)).isTrue();
    assertThat(MachineActivity.isMachine(null, true)).isTrue();
    assertThat(MachineActivity.isMachine(false, false)).isFalse();
    assertThat(MachineActivity.isMachine(null, null)).isFalse();
  }
}
