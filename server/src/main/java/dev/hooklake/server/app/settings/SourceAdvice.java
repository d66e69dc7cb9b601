package dev.hooklake.server.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is allowed about sources and probably not meant, and what people bring along from other
/// receivers that has no effect here.
final class SourceAdvice {
  private static final Set<String> SIGN_THE_URL = Set.of("twilio", "mandrill", "plivo");
  private static final Map<String, String> WITHOUT_EFFECT = new LinkedHashMap<>();

  static {
    WITHOUT_EFFECT.put("RESEND_API_KEY", "nothing here calls Resend");
    WITHOUT_EFFECT.put("RESEND_FROM_EMAIL", "nothing is sent from here");
    WITHOUT_EFFECT.put("TWILIO_PHONE_NUMBER", "nothing is sent from here");
    WITHOUT_EFFECT.put("WEBHOOK_TIMEOUT", "see server.request-deadline");
    WITHOUT_EFFECT.put("WEBHOOK_MAX_RETRIES", "what was accepted is tried until it has landed");
    WITHOUT_EFFECT.put("WEBHOOK_LOG_FORMAT", "set LOG_FORMAT");
    WITHOUT_EFFECT.put("WEBHOOK_METRICS_ENABLED", "metrics are always on, at /metrics");
    WITHOUT_EFFECT.put("WEBHOOK_METRICS_RETENTION_DAYS", "it is Prometheus that keeps metrics");
  }

  private SourceAdvice() {}

  static void give(GivenSettings given, List<SourceSettings> sources) {
    ofUnusedSecrets(given, sources);
    ofUrls(given, sources);
    ofAccounts(given, sources);
    WITHOUT_EFFECT.forEach((name, reason) -> {
      if (given.inEnvironment(name)) {
        given.warn("environment variable " + name, "it has no effect here", reason);
      }
    });
  }

  private static void ofUnusedSecrets(GivenSettings given, List<SourceSettings> sources) {
    for (SourceType type : SourceTypes.ALL) {
      boolean started = sources.stream().anyMatch(source -> source.name().equals(type.name()));
      if (given.given(type.secrets()) && !started) {
        given.warn(
            "environment variable " + type.secrets().env(),
            "the file names its sources, and " + type.name() + " is not among them",
            "add sources." + type.name() + ".type: " + type.name() + " to start it too");
      }
    }
  }

  private static void ofUrls(GivenSettings given, List<SourceSettings> sources) {
    for (SourceSettings source : sources) {
      if (source.publicUrl() == null
          && SIGN_THE_URL.contains(source.type())
          && given.texts(IntakeSection.TRUSTED_PROXIES).isEmpty()) {
        given.warn(
            "sources." + source.name(),
            "its provider signs the URL it calls, and that is taken from the Host header",
            "set WEBHOOK_BASE_URL; behind a proxy every signature would be wrong");
      }
    }
  }

  private static void ofAccounts(GivenSettings given, List<SourceSettings> sources) {
    for (SourceSettings source : sources) {
      Key<?> accounts = GivenSource.key(TwilioType.ACCOUNT_SIDS, SourceTypes.TWILIO, source.name());
      if (source.type().equals("twilio") && given.texts(accounts).isEmpty()) {
        given.warn(
            "sources." + source.name(),
            "events of every account that knows the token are taken",
            "set TWILIO_ACCOUNT_SID to take those of one only");
      }
    }
  }
}
