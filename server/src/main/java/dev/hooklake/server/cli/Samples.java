package dev.hooklake.server.cli;

import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// Events to try things with: one invented webhook of each kind, of the provider whose name it
/// begins with, else of Customer.io.
final class Samples {
  private static final String USUAL_TYPE = "customerio";
  private static final List<String> OTHER_TYPES = List.of("twilio", "resend", "c2s");

  private static final List<String> NAMES =
      List.of(
          "email-sent",
          "email-delivered",
          "email-opened",
          "email-opened-by-machine",
          "email-clicked",
          "email-bounced",
          "push-sent",
          "in-app-clicked",
          "sms-replied",
          "whatsapp-opened",
          "slack-sent",
          "webhook-failed",
          "customer-unsubscribed",
          "preferences-changed",
          "unknown-object",
          "twilio-sms-sent",
          "twilio-sms-delivered",
          "twilio-sms-undelivered",
          "twilio-sms-received",
          "twilio-whatsapp-read",
          "twilio-stream-delivered",
          "resend-email-sent",
          "resend-email-delivered",
          "resend-email-opened",
          "resend-email-clicked",
          "resend-email-bounced",
          "resend-email-complained",
          "resend-contact-unsubscribed",
          "c2s-lead-created",
          "c2s-lead-updated",
          "c2s-lead-closed");

  private Samples() {}

  /// The type of the source that takes it.
  static String type(String name) {
    return OTHER_TYPES.stream()
        .filter(type -> name.startsWith(type + "-"))
        .findFirst()
        .orElse(USUAL_TYPE);
  }

  /// One to begin with, of this type; Customer.io's where there is none.
  static String usual(String type) {
    return switch (type) {
      case "twilio" -> "twilio-sms-delivered";
      case "resend" -> "resend-email-delivered";
      case "c2s" -> "c2s-lead-created";
      default -> "email-delivered";
    };
  }

  static Payload named(String name) throws IOException {
    if (!NAMES.contains(name)) {
      throw new CommandFailure(
          "there is no sample '" + name + "'; there are: " + String.join(", ", NAMES));
    }
    try (InputStream json = Samples.class.getResourceAsStream("samples/" + name + ".json");
        InputStream form = Samples.class.getResourceAsStream("samples/" + name + ".form")) {
      InputStream file = json == null ? form : json;
      if (file == null) {
        throw new IllegalStateException("sample " + name + " is missing from the program");
      }
      return Payload.wrap(file.readAllBytes());
    }
  }

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }
}
