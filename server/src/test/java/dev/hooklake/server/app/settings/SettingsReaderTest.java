package dev.hooklake.server.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.pipeline.Cadence;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static final Map<String, String> SECRET = Map.of("CUSTOMERIO_WEBHOOK_SECRET", "k1");

  @Test
  void theSecretAloneIsEnough() throws SettingsRefused {
    Settings settings = SettingsReader.of("", "", SECRET);

    assertThat(settings.of(Sections.INTAKE).port()).isEqualTo(8080);
    assertThat(settings.of(Sections.INTAKE).host()).isEqualTo("0.0.0.0");
    assertThat(settings.of(Sections.INTAKE).maxBodyBytes()).isEqualTo(5 << 20);
    assertThat(settings.of(Sections.ADMIN).port()).isEqualTo(8081);
    assertThat(settings.of(Sections.ADMIN).host()).isEqualTo("127.0.0.1");
    assertThat(settings.of(Sections.GENERAL).data())
        .isEqualTo(Path.of("hooklake-data").toAbsolutePath());
    assertThat(settings.of(Sections.LAKE).root())
        .isEqualTo(settings.of(Sections.GENERAL).data().resolve("lake").toUri());
    assertThat(settings.of(Sections.JOURNAL).duplicateWindow()).isEqualTo(Duration.ofDays(8));
    assertThat(settings.of(Sections.PIPELINE).cadence()).isEqualTo(Cadence.DEFAULT);
    assertThat(settings.of(Sections.SOURCES))
        .singleElement()
        .satisfies(SettingsReaderTest::isCustomerIo);
    assertThat(settings.of(Sections.GENERAL).development()).isFalse();
  }

  private static void isCustomerIo(SourceSettings source) {
    assertThat(source.name()).isEqualTo("customerio");
    assertThat(source.path()).isEqualTo("/webhook/customerio");
    assertThat(source.secrets()).hasSize(1);
    assertThat(source.type()).isEqualTo("customerio");
  }

  @Test
  void severalSecretsAreCommaSeparated() throws SettingsRefused {
    assertThat(
            SettingsReader.of("", "", Map.of("CUSTOMERIO_WEBHOOK_SECRET", "old, new"))
                .of(Sections.SOURCES)
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

    assertThat(settings.of(Sections.INTAKE).port()).isEqualTo(9999);
    assertThat(settings.of(Sections.ADMIN).port()).isEqualTo(9001);
    assertThat(settings.of(Sections.LAKE).root()).isEqualTo(URI.create("s3a://bucket/lake"));
    assertThat(settings.of(Sections.LOG)).isEqualTo(new LogSettings("warning", true));
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
                type: customerio
                path: /in/shop
                secrets: [one, "${TWO}"]
                timestamp-tolerance: 10m
                event-envelopes: true
            """,
            Map.of("TWO", "two"));

    assertThat(settings.of(Sections.INTAKE).maxBodyBytes()).isEqualTo(1 << 20);
    assertThat(settings.of(Sections.INTAKE).requestDeadline()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.of(Sections.JOURNAL).limitBytes()).isEqualTo(1L << 30);
    assertThat(settings.of(Sections.PIPELINE).cadence().maxRows()).isEqualTo(100);
    assertThat(settings.of(Sections.LAKE).hadoopProperties())
        .containsOnly(Map.entry("fs.s3a.endpoint", "http://127.0.0.1:9"));
    SourceSettings shop = settings.of(Sections.SOURCES).getFirst();
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.secrets()).hasSize(2);
    assertThat(shop.path()).isEqualTo("/in/shop");
    assertThat(shop.source().split(delivery("{\"events\":[{},{\"a\":1}]}"))).hasSize(2);
  }

  private static Delivery delivery(String body) {
    return new Delivery("/", "", Headers.NONE, Payload.of(body), Instant.EPOCH);
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
        .hasMessageContaining("environment variable HOOKLAKE_ADMIN_PORT: its value is not a number")
        .hasMessageContaining("there is no source and no secret")
        .hasMessageContaining("TWILIO_AUTH_TOKEN")
        .hasMessageContaining("6. ");
  }

  @Test
  void anAreaWithNothingInItChangesNothing() throws SettingsRefused {
    Settings settings = SettingsReader.of("f", "server:\nlake: {hadoop: {}}\nsources:\n", SECRET);

    assertThat(settings.of(Sections.INTAKE))
        .isEqualTo(SettingsReader.of("", "", SECRET).of(Sections.INTAKE));
    assertThat(settings.of(Sections.LAKE).hadoopProperties()).isEmpty();
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
        .hasMessageContaining("its type is none there is; give one of customerio, twilio, resend")
        .hasMessageContaining("source b has no type")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aUrlThatMayHoldCredentialsIsNeitherQuotedNorShown() throws SettingsRefused {
    assertThatThrownBy(() ->
            SettingsReader.of(
                "f",
                """
                forwarding: {destinations: {crm: {url: 'https://hooks.example.com/hidden path'}}}
                """,
                SECRET))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("forwarding.destinations.crm.url: its value is not a URL")
        .hasMessageNotContaining("hidden");
    Settings settings =
        SettingsReader.of(
            "f",
            """
            forwarding:
              destinations:
                crm:
                  url: https://hooks.example.com/in?key=hidden-in-it
                  secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
            sinks:
              warehouse: {url: 'jdbc:postgresql://db.example.com/w?user=u&password=hidden-in-it'}
            """,
            SECRET);

    assertThat(settings.shown())
        .flatExtracting(ShownSettings.Area::lines)
        .filteredOn(line -> line.name().matches("(forwarding.destinations|sinks)..*.url"))
        .hasSize(2)
        .extracting(ShownSettings.Line::value)
        .containsOnly("set, hidden");
  }

  @Test
  void developmentModeStartsASourceWithoutASecret() throws SettingsRefused {
    Settings settings = SettingsReader.of("", "", Map.of("HOOKLAKE_DEV", "true"));

    assertThat(settings.of(Sections.GENERAL).development()).isTrue();
    assertThat(settings.of(Sections.SOURCES))
        .allSatisfy(source -> assertThat(source.secrets()).isEmpty())
        .extracting(SourceSettings::name)
        .containsExactly("customerio", "twilio", "resend", "c2s");
  }

  @Test
  void theFileThatInitWritesGivesTheDefaults() throws SettingsRefused {
    Settings written = SettingsReader.of("f", SampleSettings.yaml(), SECRET);
    Settings defaults = SettingsReader.of("", "", SECRET);

    assertThat(written.of(Sections.INTAKE)).isEqualTo(defaults.of(Sections.INTAKE));
    assertThat(written.of(Sections.ADMIN)).isEqualTo(defaults.of(Sections.ADMIN));
    assertThat(written.of(Sections.JOURNAL)).isEqualTo(defaults.of(Sections.JOURNAL));
    assertThat(written.of(Sections.LAKE)).isEqualTo(defaults.of(Sections.LAKE));
    assertThat(written.of(Sections.PIPELINE)).isEqualTo(defaults.of(Sections.PIPELINE));
    assertThat(written.of(Sections.LOG)).isEqualTo(defaults.of(Sections.LOG));
  }

  @Test
  void theFileThatInitWritesNamesEveryKeyEvenWhenAllAreLive() throws SettingsRefused {
    String live = SampleSettings.yaml().replaceAll("(?m)^( *)# ([a-z0-9-]+:)", "$1$2");
    Map<String, String> env =
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", "k1",
            "TWILIO_AUTH_TOKEN", "k2",
            "TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
            "WEBHOOK_SECRET", "k3",
            "RESEND_WEBHOOK_SECRET", "whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");
    Settings settings = SettingsReader.of("f", live, env);

    assertThat(settings.of(Sections.PIPELINE))
        .isEqualTo(SettingsReader.of("", "", SECRET).of(Sections.PIPELINE));
    assertThat(settings.of(Sections.SOURCES)).hasSize(4);
    assertThat(Sections.ALL.stream().flatMap(section -> section.inSample().stream()))
        .allSatisfy(key -> assertThat(live).contains(lastName(key) + ":"));
  }

  private static String lastName(Key<?> key) {
    return key.name().replace(".*", "").replaceFirst(".*\\.", "");
  }

  @Test
  void aShareIsExactlyWhatIsWritten() throws SettingsRefused {
    Settings settings =
        SettingsReader.of(
            "f", "alerts: {completeness: 99.9%}\n", Map.of("CUSTOMERIO_WEBHOOK_SECRET", "k"));

    assertThat(settings.of(Sections.ALERTS).limits().completeness()).isEqualTo(0.999);
  }
}
