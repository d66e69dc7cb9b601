package dev.hooklake.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private static final Person VERA =
      new Person(Set.of("vera@example.org"), Set.of(), Set.of(), Set.of(), Set.of());

  private final ManualClock clock = new ManualClock();

  @Test
  void linesOfAnErasedPersonGoAlsoThoseAViewerHasNotTaken() throws Exception {
    try (var feed = new LiveFeed(new RecordDecoder(Map.of()), clock);
        LiveViewer viewer = feed.open(LiveFilter.ALL)) {
      for (String key : List.of("hers", "for:vera@example.org", "other")) {
        feed.stored(event(key), 1);
      }
      Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
      while (keys(feed).size() < 3) {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.onSpinWait();
      }
      var rows = new PersonRows(Set.of(new Replacement.Key("test", "hers")), Set.of());

      assertThat(feed.erase(VERA, rows)).isEqualTo(2);

      assertThat(keys(feed)).containsExactly("other");
      assertThat(viewer.take(0)).extracting(LiveEvent::key).doesNotContain("hers");
      assertThat(feed.erase(VERA, rows)).isZero();
    }
  }

  private static List<String> keys(LiveFeed feed) {
    return feed.newest(LiveFilter.ALL, 10).stream().map(LiveEvent::key).toList();
  }

  private SourceEvent event(String key) {
    return new SourceEvent("test", key, clock.instant(), "/", Headers.NONE, "", Payload.of("{}"));
  }
}
