package dev.hooklake.server.cli;

import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// Events to try things with: one invented webhook of each kind.
final class Samples {
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
          "unknown-object");

  private Samples() {}

  static Payload named(String name) throws IOException {
    if (!NAMES.contains(name)) {
      throw new CommandFailure(
          "there is no sample '" + name + "'; there are: " + String.join(", ", NAMES));
    }
    try (InputStream file = Samples.class.getResourceAsStream("samples/" + name + ".json")) {
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
