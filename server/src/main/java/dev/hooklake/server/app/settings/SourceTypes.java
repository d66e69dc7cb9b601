package dev.hooklake.server.app.settings;

import dev.hooklake.sources.generic.Presets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every type of source.
final class SourceTypes {
  static final SourceType CUSTOMERIO = new CustomerIoType();
  static final SourceType TWILIO = new TwilioType();
  static final SourceType RESEND = new ResendType();
  static final SourceType C2S = new C2sType();
  static final SourceType GENERIC = new GenericType(GenericType.PLAIN);

  /// Those with settings of their own, each with a table on the reference page.
  static final List<SourceType> OWN = List.of(CUSTOMERIO, TWILIO, RESEND, C2S, GENERIC);

  /// All, the ready-made generic ones included.
  static final List<SourceType> ALL =
      Stream.concat(OWN.stream(), Presets.names().stream().map(GenericType::new)).toList();

  private SourceTypes() {}

  static List<String> names() {
    return ALL.stream().map(SourceType::name).toList();
  }

  static Optional<SourceType> named(String name) {
    return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
