package dev.hooklake.server.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/// Any text at all is a settings file, or is refused with a reason. `JAZZER_FUZZ=1 mvn ...
/// -Djazzer.hooks=true -Dtest=SettingsFuzzTest` searches for more than the kept inputs.
class SettingsFuzzTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CUSTOMERIO_WEBHOOK_SECRET", "a key", "NAMED", "a value");

  @FuzzTest
  void anyTextIsSettingsOrRefusedWithAReason(byte[] text) {
    try {
      assertThat(SettingsReader.of("fuzz.yaml", new String(text, UTF_8), ENVIRONMENT)).isNotNull();
    } catch (SettingsRefused e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
