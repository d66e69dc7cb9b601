package dev.hooklake.sources.generic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.signature.Secret;
import java.util.List;
import java.util.Map;

/// What the tests of all presets do alike.
final class PresetCase {
  static final String KEY = "user:the-secret-of-the-test";

  private PresetCase() {}

  static GenericSource source(String preset, String key) throws SettingsRefused {
    return new GenericSource(
        GenericSettings.read(
            preset,
            Presets.tree(preset, Json.object()),
            List.of(Secret.of(key)),
            PublicAddress.of("https://hooks.example.org")));
  }

  /// Its events, once it is shown that it is authentic and that a bare one is not.
  static List<SourceEvent> authentic(GenericSource source, Delivery delivery) {
    assertThat(source.verify(delivery)).isInstanceOf(Verified.class);
    var bare =
        new Delivery(delivery.path(), "", Headers.NONE, Payload.of("{}"), delivery.receivedAt());
    assertThat(source.verify(bare)).isInstanceOf(Refused.class);
    return source.split(delivery);
  }

  static Row row(GenericSource source, SourceEvent event) {
    return ((Decoding.Understood) source.decode(event, Signed.NOW)).row();
  }

  static void assertRow(Row row, String table, Map<String, String> expected) {
    assertThat(row.table().name()).isEqualTo(table);
    assertThat(Expected.filled(row)).containsAllEntriesOf(expected);
  }
}
