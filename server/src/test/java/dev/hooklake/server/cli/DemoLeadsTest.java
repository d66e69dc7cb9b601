package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SideBySide;
import dev.hooklake.sources.signature.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DemoLeadsTest {
  @Test
  void aRepeatComesOnlyAfterWhatItRepeats() {
    Secret secret = Secret.of("example-token");
    URI url = URI.create("http://127.0.0.1:1/api/v1/webhooks/c2s");
    var crm = new Sender("c2s", url, url.toString(), Provider.c2s(secret));
    var all = new SideBySide(List.of(crm), new SplittableRandom(7), new ManualClock());
    Set<String> sent = new HashSet<>();
    int repeats = 0;

    try (var leads = new DemoLeads(7, "example-token")) {
      Supplier<Outgoing> some = leads.known(all);
      for (int i = 0; i < 2_000; i++) {
        var event = some.get().event();
        assertThat(sent.add(event.key())).isNotEqualTo(event.repeat());
        repeats += event.repeat() ? 1 : 0;
      }
    }

    assertThat(repeats).isPositive();
  }
}
