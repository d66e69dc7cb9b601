package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeaturesTest {
  @TempDir private Path data;
  private final List<String> story = new ArrayList<>();

  @Test
  void featuresOpenInOrderAndCloseInReverse() throws Exception {
    var features = new Features(List.of(new AlertsFeature(), new Told("one"), new Told("two")));
    try (Running _ = Server.start(settings(), InstantSource.system(), features)) {
      story.add("running");
    }

    assertThat(story)
        .containsExactly("one opens", "two opens", "running", "two closes", "one closes");
  }

  @Test
  void whatWasOpenedIsClosedWhenTheNextCannotBe() {
    Feature broken =
        new Told("broken") {
          @Override
          public void open(Wiring wiring) throws IOException {
            throw new IOException("injected: cannot open");
          }
        };
    assertThatThrownBy(() ->
            Server.start(
                settings(), InstantSource.system(), new Features(List.of(new Told("one"), broken))))
        .hasMessage("injected: cannot open");

    assertThat(story).containsExactly("one opens", "one closes");
  }

  @Test
  void theJournalWaitsForTheConsumersOfTheFeaturesThatAreOn() throws Exception {
    assertThat(new Features(List.of(new Told("one"))).consumersBeside(Set.of("lake")))
        .containsExactlyInAnyOrder("lake", "one");
    assertThat(new Features(List.of()).consumersBeside(Set.of("lake"))).containsExactly("lake");
  }

  private Settings settings() throws SettingsRefused {
    return SettingsReader.of(
        "test",
        "server: {shutdown-grace: 500ms}",
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", "k",
            "HOOKLAKE_HOST", "127.0.0.1",
            "HOOKLAKE_PORT", "0",
            "HOOKLAKE_ADMIN_PORT", "0",
            "HOOKLAKE_DATA", data.toString()));
  }

  /// Tells when it is opened and closed.
  private class Told implements Feature {
    private final String name;

    Told(String name) {
      this.name = name;
    }

    @Override
    public boolean isOn(Settings settings) {
      return !settings.of(Sections.SOURCES).isEmpty();
    }

    @Override
    public Set<String> consumers() {
      return Set.of(name);
    }

    @Override
    public void open(Wiring wiring) throws IOException {
      wiring.spine().journal().consumer(name, 0);
      story.add(name + " opens");
      wiring.add(() -> story.add(name + " closes"));
    }
  }
}
