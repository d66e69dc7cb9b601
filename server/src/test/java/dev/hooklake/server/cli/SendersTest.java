package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SendersTest {
  private static final Provider PLAYER = Provider.customerIo(Secret.of("k"));

  private final Senders three =
      new Senders(
          List.of(
              installed("news", "customerio", PLAYER),
              installed("shop", "stripe", null),
              installed("sms", "twilio", PLAYER)));

  @Test
  void theNamedOneIsTaken() {
    assertThat(three.one("sms", "customerio").name()).isEqualTo("sms");
  }

  @Test
  void withoutANameTheSamplesTypeDecides() {
    assertThat(three.one(null, "twilio").name()).isEqualTo("sms");
  }

  @Test
  void theOnlyOneThatCanBePlayedNeedsNoName() {
    assertThat(new Senders(List.of(three.configured().getFirst())).one(null, null).name())
        .isEqualTo("news");
  }

  @Test
  void amongSeveralOneMustBeChosen() {
    assertThatThrownBy(() -> three.one(null, null)).hasMessageContaining("news, shop, sms");
  }

  @Test
  void allThatCanBePlayedSendSideBySide() {
    assertThat(three.named(null)).extracting(Sender::source).containsExactly("news", "sms");
  }

  @Test
  void oneThatNobodyCanPlaySaysWhy() {
    assertThatThrownBy(() -> three.named("shop")).hasMessageContaining("stripe");
    assertThatThrownBy(() -> new Senders(List.of()).named(null))
        .hasMessageContaining("no signing secret is configured");
  }

  private static InstalledSource installed(String name, String type, Provider provider) {
    return new InstalledSource(
        type,
        new CustomerIo(CustomerIoSettings.of(name, List.of(Secret.of("k")))),
        URI.create("http://127.0.0.1:1/" + name),
        null,
        provider);
  }
}
