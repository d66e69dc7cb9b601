package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.providers.customerio.Reading;
import dev.hooklake.providers.customerio.UnusableExport;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.SourceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportWalkTest {
  private static final Instant NOW = Instant.parse("2026-09-20T10:00:00Z");
  private static final Person ANA =
      new Person(Set.of("ana@example.org"), Set.of(), Set.of(), Set.of(), Set.of());

  @TempDir private Path folder;

  @Test
  void anErasureTakesTheFilesAndAWalkThroughOneStops() throws Exception {
    try (var walk = walk("delivery_id,type,sent\nd1,email,1789466400\n")) {
      assertThat(walk.next()).isInstanceOf(ProviderHistory.Step.Messages.class);
      assertThat(ExportFolder.in(folder).erase(ANA, new PersonRows(Set.of(), Set.of())))
          .isEqualTo(1);
      assertThat(walk.next())
          .isInstanceOfSatisfying(
              ProviderHistory.Step.Broken.class,
              broken -> assertThat(broken.reason()).contains("an erasure removes such files"));
    }
  }

  @Test
  void anOpenBesideAClickIsDeducedOnlyWhereTheFileWouldTellWhoDidIt() throws Exception {
    assertThat(syntheticOpen("opened,clicked", "1789466400,1789466400")).isNull();
    assertThat(
            syntheticOpen(
                "opened,human_opened,clicked,human_clicked", "1789466400,,1789466400,1789466400"))
        .isEqualTo(true);
  }

  @Test
  void aFileThatVanishedIsToldInWords() {
    Path gone = ExportFolder.in(folder).of("1");
    assertThatThrownBy(() -> new ExportWalk("customerio", gone, new Reading(null, NOW)))
        .isInstanceOf(UnusableExport.class)
        .hasMessageContaining("the file of deliveries is gone")
        .message()
        .doesNotContain(folder.toString());
  }

  @Test
  void longTextsMakeSmallPieces() throws Exception {
    var file = new StringBuilder("delivery_id,type,sent,delivered,converted,subject\n");
    String rest = ",email,1789466400,1789466400,1789466400," + "x".repeat(4_000) + "\n";
    for (int i = 0; i < 900; i++) {
      file.append("d").append(i).append(rest);
    }
    LocalDate day = LocalDate.of(2026, 9, 15);
    var held = new HeldInMemory(new KeyedJournal(), ListedMessageTest.customerIoSource());
    var explanations = new Explanations(Subscription.UNKNOWN, List.of(), NOW, Duration.ofHours(1));
    var days = new HeldEvents.Days(day, day);
    List<Integer> pieces = new ArrayList<>();
    try (var walk = walk(file.toString())) {
      new Comparison(held, explanations, days, () -> NOW)
          .run(walk, (messages, _) -> pieces.add(messages.size()));
    }
    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(pieces.stream().mapToInt(Integer::intValue).sum()).isEqualTo(900);
    try (var walk = walk(file.toString())) {
      assertThat(messages(walk)).hasSizeLessThan(300);
    }
  }

  private Object syntheticOpen(String columns, String cells) throws IOException {
    try (var walk = walk("delivery_id,type," + columns + "\nd1,email," + cells + "\n")) {
      ListedMessage message = messages(walk).getFirst();
      Fact open =
          message.facts().stream().filter(fact -> fact.metric().equals("opened")).findFirst().get();
      SourceEvent event = message.event(open, NOW);
      var understood =
          (Decoding.Understood) ListedMessageTest.customerIoSource().decode(event, NOW);
      return understood.row().value("synthetic");
    }
  }

  private static List<? extends ListedMessage> messages(ExportWalk walk) {
    return ((ProviderHistory.Step.Messages) walk.next()).messages();
  }

  private ExportWalk walk(String text) throws IOException {
    ExportFolder exports = ExportFolder.in(folder);
    exports.take(exports.add(Files.writeString(folder.resolve("downloaded.csv"), text)), "1");
    return new ExportWalk("customerio", exports.of("1"), new Reading(null, NOW));
  }
}
