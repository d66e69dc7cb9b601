package dev.hooklake.server.analytics;

import static dev.hooklake.server.analytics.DeliveryStory.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However senseless the events are, no rate leaves the range from 0 to 1.
class RatesTest {
  private static final List<Channel> CHANNELS =
      List.of(
          Channel.EMAIL,
          Channel.SMS,
          Channel.PUSH,
          Channel.IN_APP,
          Channel.WHATSAPP,
          Channel.SLACK,
          Channel.WEBHOOK);
  private static final List<String> METRICS =
      List.of(
          "drafted",
          "attempted",
          "sent",
          "delivered",
          "opened",
          "clicked",
          "converted",
          "bounced",
          "dropped",
          "failed",
          "undeliverable",
          "spammed",
          "unsubscribed",
          "replied",
          "surprise");
  private static final List<String> FLAGS =
      List.of("machine", "prefetched", "proxied", "synthetic");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noRatePassesOne(long seed) throws Exception {
    ViewLibrary library = ViewLibrary.load();
    try (EventTables tables = EventTables.holding(senseless(new Random(seed)), folder, "UTC")) {
      for (ViewDefinition report : library.reports()) {
        Answers answers = Answers.of(tables.query(library.select(report, ReportPeriod.ALL)));
        List<String> rates =
            answers.columns().stream().filter(name -> name.matches(".*_rate|share")).toList();
        assertThat(answers.rows()).as(report.name()).isNotEmpty();
        assertThat(answers.only(rates).rows())
            .as("%s of %s with seed %d", rates, report.name(), seed)
            .allSatisfy(row -> assertThat(row).allSatisfy(RatesTest::assertIsRate));
      }
    }
  }

  private static void assertIsRate(String text) {
    if (!text.isEmpty()) {
      assertThat(new BigDecimal(text)).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
    }
  }

  private static List<Row> senseless(Random random) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 300; i++) {
      rows.addAll(delivery("d" + i, random));
    }
    for (int i = 0; i < 30; i++) {
      rows.addAll(lead("l" + i, random));
    }
    return rows;
  }

  private static List<Row> lead(String name, Random random) {
    DeliveryStory story =
        story(Channel.LEAD, name)
            .of("source", "c2s")
            .of("delivery_id", null)
            .of("lead_id", "lead" + random.nextInt(20))
            .of("object_type", random.nextInt(4) == 0 ? "lead_enrichment" : "lead");
    int events = 1 + random.nextInt(4);
    for (int i = 0; i < events; i++) {
      story
          .at(time(random), List.of("created", "closed", "enriched").get(random.nextInt(3)))
          .and("status", random.nextBoolean() ? "new" : null)
          .and("deal_done", random.nextBoolean());
    }
    return story.rows();
  }

  private static String time(Random random) {
    return Instant.ofEpochSecond(1_772_400_000L + random.nextInt(200_000)).toString();
  }

  private static List<Row> delivery(String name, Random random) {
    Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
    DeliveryStory story =
        story(channel, name)
            .of(random.nextBoolean() ? "campaign_id" : "broadcast_id", random.nextLong(2))
            .of("newsletter_id", random.nextInt(3) == 0 ? 9L : null)
            .of("transactional_message_id", random.nextInt(3) == 0 ? 3L : null)
            .of("journey_id", "j" + random.nextInt(20))
            .of("cio_id", random.nextInt(4) == 0 ? null : "c" + random.nextInt(20))
            .of("recipient", random.nextInt(4) == 0 ? null : recipient(channel, random));
    int events = 1 + random.nextInt(8);
    for (int i = 0; i < events; i++) {
      String metric = METRICS.get(random.nextInt(METRICS.size()));
      String time = time(random);
      if (channel == Channel.EMAIL && random.nextInt(4) == 0) {
        story.at(time, metric, FLAGS.get(random.nextInt(FLAGS.size())));
      } else {
        story.at(time, metric);
      }
      story.and("failure_message", random.nextBoolean() ? "5.1.1 no such user" : null);
    }
    return story.rows();
  }

  private static String recipient(Channel channel, Random random) {
    return channel == Channel.SMS ? "+1415555010" + random.nextInt(10) : "a@gmail.com";
  }
}
