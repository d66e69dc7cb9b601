package dev.hooklake.server.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.intake.AddressBlock;
import dev.hooklake.server.intake.RateLimit;
import dev.hooklake.sources.generic.Presets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourcesSectionTest {
  private static final String WHSEC = "whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC";

  @Test
  void byEnvironmentAloneThoseStartWhoseSecretIsSet() throws SettingsRefused {
    List<SourceSettings> sources =
        read("", "TWILIO_AUTH_TOKEN", "t", "RESEND_WEBHOOK_SECRET", WHSEC);

    assertThat(sources)
        .extracting(SourceSettings::name)
        .containsExactlyInAnyOrder("twilio", "resend");
    assertThat(sources)
        .extracting(SourceSettings::path)
        .containsExactlyInAnyOrder("/webhooks/twilio", "/webhooks/resend");
  }

  @Test
  void theFileNamesWhatIsStartedAndTheEnvironmentFillsItIn() throws SettingsRefused {
    String file = "sources: {twilio: {path: /in/sms}, shop: {type: stripe, secrets: s}}";
    List<SourceSettings> sources =
        read(file, "TWILIO_AUTH_TOKEN", "t", "TWILIO_WEBHOOK_URL", "/elsewhere");

    assertThat(sources).extracting(SourceSettings::name).containsExactly("shop", "twilio");
    assertThat(sources)
        .extracting(SourceSettings::path)
        .containsExactly("/webhooks/shop", "/in/sms");
  }

  @Test
  void aNameAloneIsEnoughWhereTheEnvironmentGivesTheRest() throws SettingsRefused {
    for (String file : List.of("sources: {twilio: {}}", "sources:\n  twilio:\n")) {
      assertThat(read(file, "TWILIO_AUTH_TOKEN", "t", "CUSTOMERIO_WEBHOOK_SECRET", "k"))
          .extracting(SourceSettings::name)
          .containsExactly("twilio");
    }
    assertThatThrownBy(() -> read("sources: {twilio: on}", "TWILIO_AUTH_TOKEN", "t"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("there is no setting 'sources.twilio'");
  }

  @Test
  void theEnvironmentIsNotForASourceOfAnotherName() {
    assertThatThrownBy(() -> read("sources: {sms: {type: twilio}}", "TWILIO_AUTH_TOKEN", "t"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("source sms has no secret")
        .hasMessageContaining("set sources.sms.secrets");
  }

  @Test
  void thePathMayBeGivenAsTheWholeUrlAsOlderGuidesHaveIt() throws SettingsRefused {
    SourceSettings source =
        read(
                "",
                "TWILIO_AUTH_TOKEN",
                "t",
                "WEBHOOK_BASE_URL",
                "https://hooks.example.org/base",
                "TWILIO_WEBHOOK_URL",
                "https://sms.example.org/webhooks/sms")
            .getFirst();

    assertThat(source.path()).isEqualTo("/webhooks/sms");
    assertThat(source.publicUrl()).isEqualTo("https://sms.example.org");
  }

  @Test
  void withoutAUrlOfItsOwnASourceIsReachedUnderThatOfAll() throws SettingsRefused {
    assertThat(
            read("", "TWILIO_AUTH_TOKEN", "t", "WEBHOOK_BASE_URL", "https://hooks.example.org")
                .getFirst()
                .publicUrl())
        .isEqualTo("https://hooks.example.org");
  }

  @Test
  void everyReadyMadeTypeIsAName() throws SettingsRefused {
    for (String preset : Presets.names()) {
      String secret = preset.equals("sendgrid") ? SENDGRID_KEY : "user:password";
      List<SourceSettings> sources =
          read("sources: {x: {type: %s, secrets: '%s'}}".formatted(preset, secret));
      assertThat(sources).as(preset).hasSize(1);
    }
  }

  private static final String SENDGRID_KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

  @Test
  void theExampleOfTheReferencePageCanBeUsed() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "reference", "sources.md"));
    String example = page.split("```yaml\n", 3)[1].split("```", 2)[0];

    assertThat(
            read(
                example,
                "TWILIO_AUTH_TOKEN",
                "t",
                "RESEND_NEW_SECRET",
                WHSEC,
                "STRIPE_SECRET",
                "whsec_text"))
        .extracting(SourceSettings::name)
        .containsExactly("billing", "newsletter", "twilio");
  }

  @Test
  void settingsOfAnotherTypeAreNamedWithTheirLine() {
    assertThatThrownBy(
            () -> read("sources:\n  twilio:\n    secrets: t\n    event-envelopes: true\n"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("f line 4: there is no setting 'sources.twilio.event-envelopes'");
  }

  @Test
  void whatIsWrongWithADescribedSourceIsNamedWithItsLine() {
    assertThatThrownBy(() ->
            read(
                """
                sources:
                  acme:
                    type: generic
                    secrets: s
                    verification:
                      type: hmacc
                    row:
                      channel: email
                      metric: /event
                """))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(
            "f line 6: sources.acme.verification.type: is not one of its choices");
  }

  @Test
  void limitsAreRead() throws SettingsRefused {
    SourceSettings source =
        read("""
        sources:
          twilio:
            secrets: t
            rate-limit: 100/hour
            allowed-addresses: [192.0.2.0/24, 2001:db8::1]
        """)
            .getFirst();

    assertThat(source.endpoint().limits().rate())
        .isEqualTo(new RateLimit(100, Duration.ofHours(1)));
    assertThat(source.endpoint().limits().allowed())
        .containsExactly(AddressBlock.parse("192.0.2.0/24"), AddressBlock.parse("2001:db8::1"));
  }

  @Test
  void theRateOfTheEnvironmentIsForEverySource() throws SettingsRefused {
    assertThat(
            read(
                "sources: {a: {type: stripe, secrets: s}, twilio: {secrets: t, rate-limit: off}}",
                "WEBHOOK_RATE_LIMIT",
                "5/s"))
        .extracting(source -> source.endpoint().limits().rate())
        .containsExactly(new RateLimit(5, Duration.ofSeconds(1)), null);
  }

  @Test
  void aHostNameIsNoAddress() {
    assertThatThrownBy(
            () -> read("sources: {twilio: {secrets: t, allowed-addresses: [hooks.example.org]}}"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("an address is written in numbers");
  }

  @Test
  void signaturesAreLeftUnverifiedInDevelopmentModeOnly() throws SettingsRefused {
    assertThatThrownBy(
            () -> read("", "TWILIO_AUTH_TOKEN", "t", "VERIFY_WEBHOOK_SIGNATURES", "false"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("VERIFY_WEBHOOK_SIGNATURES")
        .hasMessageContaining("development mode only");

    List<SourceSettings> sources =
        read(
            "",
            "TWILIO_AUTH_TOKEN",
            "t",
            "VERIFY_WEBHOOK_SIGNATURES",
            "false",
            "HOOKLAKE_DEV",
            "true");
    assertThat(sources.getFirst().secrets()).isEmpty();
    assertThat(sources.getFirst().source()).isInstanceOf(UnverifiedSource.class);
  }

  @Test
  void twoSourcesCannotShareAPathNorTakeOneOfTheServers() {
    assertThatThrownBy(() ->
            read(
                "sources: {twilio: {secrets: t, path: /health}, a: {type: stripe, secrets: s,"
                    + " path: /x}, b: {type: github, secrets: s, path: /x}}"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("its path /x is also that of a")
        .hasMessageContaining("the server itself answers there");
  }

  @Test
  void whatIsProbablyNotMeantIsAWarning() throws SettingsRefused {
    Settings settings =
        SettingsReader.of(
            "f",
            "sources: {twilio: {secrets: t}}",
            Map.of(
                "CUSTOMERIO_WEBHOOK_SECRET", "k",
                "RESEND_API_KEY", "re_hidden",
                "WEBHOOK_TIMEOUT", "30"));

    assertThat(settings.warnings().stream().map(Problem::toString))
        .anySatisfy(warning -> assertThat(warning).contains("customerio is not among them"))
        .anySatisfy(warning -> assertThat(warning).contains("WEBHOOK_BASE_URL"))
        .anySatisfy(warning -> assertThat(warning).contains("TWILIO_ACCOUNT_SID"))
        .anySatisfy(warning -> assertThat(warning).contains("RESEND_API_KEY", "no effect"))
        .anySatisfy(warning -> assertThat(warning).contains("WEBHOOK_TIMEOUT"))
        .noneSatisfy(warning -> assertThat(warning).contains("hidden"));
  }

  @Test
  void whoOnlyLooksNeedsNoSecret() throws SettingsRefused {
    Settings settings = SettingsReader.ofEnvironmentToLook(Map.of("HOOKLAKE_DEV", "false"));

    assertThat(settings.of(Sections.SOURCES))
        .extracting(SourceSettings::name)
        .contains("customerio", "twilio", "resend");
  }

  @Test
  void aSecretInTheWrongPlaceIsNotQuoted() {
    assertThatThrownBy(() ->
            SettingsReader.of(
                "f",
                "server: {port: \"${TOKEN}\", max-body: \"x ${TOKEN}\"}\nsources: {twilio: {secrets: t,"
                    + " type: \"${TOKEN}\", rate-limit: \"${TOKEN}\"}}",
                Map.of("TOKEN", "hidden", "HOOKLAKE_ADMIN_PORT", "hidden")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("'${TOKEN}' is not a number")
        .hasMessageNotContaining("hidden");
  }

  private static List<SourceSettings> read(String file, String... env) throws SettingsRefused {
    var variables = new HashMap<String, String>();
    for (int i = 0; i < env.length; i += 2) {
      variables.put(env[i], env[i + 1]);
    }
    return SettingsReader.of("f", file, variables).of(Sections.SOURCES);
  }
}
