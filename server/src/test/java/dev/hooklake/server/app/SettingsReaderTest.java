package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.pipeline.Cadence;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static final Map<String, String> SECRET = Map.of("CUSTOMERIO_WEBHOOK_SECRET", "k1");

  @Test
  void theSecretAloneIsEnough() throws SettingsRefused {
    Settings settings = SettingsReader.of("", "", SECRET);

    assertThat(settings.intake().port()).isEqualTo(8080);
    assertThat(settings.intake().host()).isEqualTo("0.0.0.0");
    assertThat(settings.intake().maxBodyBytes()).isEqualTo(5 << 20);
    assertThat(settings.admin().port()).isEqualTo(8081);
    assertThat(settings.admin().host()).isEqualTo("127.0.0.1");
    assertThat(settings.data()).isEqualTo(Path.of("hooklake-data").toAbsolutePath());
    assertThat(settings.lake().root()).isEqualTo(settings.data().resolve("lake").toUri());
    assertThat(settings.journal().duplicateWindow()).isEqualTo(Duration.ofDays(8));
    assertThat(settings.pipeline().cadence()).isEqualTo(Cadence.DEFAULT);
    assertThat(settings.sources()).singleElement().satisfies(SettingsReaderTest::isCustomerIo);
    assertThat(settings.development()).isFalse();
  }

  private static void isCustomerIo(SourceSettings source) {
    assertThat(source.name()).isEqualTo("customerio");
    assertThat(source.path()).isEqualTo("/webhook/customerio");
    assertThat(source.secrets()).hasSize(1);
    assertThat(source.timestampTolerance()).isZero();
  }

  @Test
  void severalSecretsAreCommaSeparated() throws SettingsRefused {
    assertThat(
            SettingsReader.of("", "", Map.of("CUSTOMERIO_WEBHOOK_SECRET", "old, new"))
                .sources()
                .getFirst()
                .secrets())
        .hasSize(2);
  }

  @Test
  void theEnvironmentGivesWhatTheFileDoesNot() throws SettingsRefused {
    Map<String, String> env =
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", "k1",
            "HOOKLAKE_PORT", "9000",
            "HOOKLAKE_ADMIN_PORT", "9001",
            "DELTA_BASE_PATH", "s3a://bucket/lake",
            "LOG_LEVEL", "WARNING",
            "LOG_FORMAT", "json");
    Settings settings = SettingsReader.of("f", "server:\n  port: 9999\n", env);

    assertThat(settings.intake().port()).isEqualTo(9999);
    assertThat(settings.admin().port()).isEqualTo(9001);
    assertThat(settings.lake().root()).isEqualTo(URI.create("s3a://bucket/lake"));
    assertThat(settings.log()).isEqualTo(new LogSettings("warning", true));
  }

  @Test
  void aFileMayNameEverything() throws SettingsRefused {
    Settings settings =
        SettingsReader.of(
            "f",
            """
            server: {max-body: 1MiB, request-deadline: 3s}
            journal: {limit: 1GiB, duplicate-window: 2d}
            lake:
              root: s3a://bucket/lake
              commit-rows: 100
              hadoop:
                fs.s3a.endpoint: ${ENDPOINT:http://127.0.0.1:9}
            sources:
              shop:
                path: /in/shop
                secrets: [one, "${TWO}"]
                timestamp-tolerance: 10m
                event-envelopes: true
            """,
            Map.of("TWO", "two"));

    assertThat(settings.intake().maxBodyBytes()).isEqualTo(1 << 20);
    assertThat(settings.intake().requestDeadline()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.journal().limitBytes()).isEqualTo(1L << 30);
    assertThat(settings.pipeline().cadence().maxRows()).isEqualTo(100);
    assertThat(settings.lake().hadoopProperties())
        .containsOnly(Map.entry("fs.s3a.endpoint", "http://127.0.0.1:9"));
    SourceSettings shop = settings.sources().getFirst();
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.secrets()).hasSize(2);
    assertThat(shop.timestampTolerance()).isEqualTo(Duration.ofMinutes(10));
    assertThat(shop.eventEnvelopes()).isTrue();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsLine() {
    assertThatThrownBy(() ->
            SettingsReader.of(
                "hooklake.yaml",
                """
                server:
                  prot: 80
                  max-body: huge
                lake:
                  retry-first: 9s
                  retry-max: 1s
                colour: blue
                """,
                Map.of("HOOKLAKE_ADMIN_PORT", "99999")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("hooklake.yaml line 2: there is no setting 'server.prot'")
        .hasMessageContaining("did you mean 'server.port'?")
        .hasMessageContaining("line 3: server.max-body: 'huge' is not a size")
        .hasMessageContaining("line 6: lake.retry-max: back-off from PT9S to PT1S")
        .hasMessageContaining("line 7: there is no setting 'colour'")
        .hasMessageContaining("environment variable HOOKLAKE_ADMIN_PORT: '99999' is not a number")
        .hasMessageContaining("source customerio has no secret")
        .hasMessageContaining("6. ");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThatThrownBy(() -> SettingsReader.of("f", "data: ${NOWHERE}\n", SECRET))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("environment variable NOWHERE is not set");
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> SettingsReader.of("f", "data: a\ndata: b\n", SECRET))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("f line 2")
        .hasMessageContaining("second time");
  }

  @Test
  void whatIsNoYamlIsRefusedWithoutAQuotation() {
    assertThatThrownBy(() -> SettingsReader.of("f", "data: a\n  : [hidden\n", SECRET))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageNotContaining("hidden")
        .hasMessageContaining("f line ");
  }

  @Test
  void aSecretIsNeverQuoted() {
    assertThatThrownBy(() ->
            SettingsReader.of(
                "f",
                "sources: {a: {secrets: [hidden], type: nobody}, b: {secrets: hidden}}",
                Map.of()))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("is not one of customerio")
        .hasMessageContaining("is also that of a")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void developmentModeStartsASourceWithoutASecret() throws SettingsRefused {
    Settings settings = SettingsReader.of("", "", Map.of("HOOKLAKE_DEV", "true"));

    assertThat(settings.development()).isTrue();
    assertThat(settings.sources().getFirst().secrets()).isEmpty();
    assertThat(settings.sources().getFirst().open().name()).isEqualTo("customerio");
  }

  @Test
  void theFileThatInitWritesGivesTheDefaults() throws SettingsRefused {
    Settings written = SettingsReader.of("f", SampleSettings.yaml(), SECRET);
    Settings defaults = SettingsReader.of("", "", SECRET);

    assertThat(written.intake()).isEqualTo(defaults.intake());
    assertThat(written.admin()).isEqualTo(defaults.admin());
    assertThat(written.journal()).isEqualTo(defaults.journal());
    assertThat(written.lake()).isEqualTo(defaults.lake());
    assertThat(written.pipeline()).isEqualTo(defaults.pipeline());
    assertThat(written.log()).isEqualTo(defaults.log());
  }

  @Test
  void theFileThatInitWritesNamesEveryKeyEvenWhenAllAreLive() throws SettingsRefused {
    String live = SampleSettings.yaml().replaceAll("(?m)^( *)# ([a-z-]+:)", "$1$2");
    Settings settings = SettingsReader.of("f", live, SECRET);

    assertThat(settings.pipeline()).isEqualTo(SettingsReader.of("", "", SECRET).pipeline());
    assertThat(Keys.ALL)
        .allSatisfy(key -> assertThat(live).contains(key.name().replaceFirst(".*\\.", "") + ":"));
  }
}
