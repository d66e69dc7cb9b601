package dev.hooklake.server.app;

import dev.hooklake.server.admin.MessageRoutes;
import dev.hooklake.server.app.settings.MessageSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.tracking.ErrorCodes;
import dev.hooklake.server.tracking.MessageTracking;
import dev.hooklake.server.tracking.Messages;
import dev.hooklake.server.tracking.TrackingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Message tracking: keeps the status of registered messages up to date, and answers for them on
/// the admin port.
final class TrackingFeature implements Feature {

  /// While it is off, the paths say so and how to switch it on.
  static final class Off implements Feature {
    @Override
    public boolean isOn(Settings settings) {
      return settings.of(Sections.TRACKING).tracking() == null;
    }

    @Override
    public void open(Wiring wiring) {
      wiring.serve(new MessageRoutes(null).all());
    }
  }

  @Override
  public boolean isOn(Settings settings) {
    return settings.of(Sections.TRACKING).tracking() != null;
  }

  @Override
  public Set<String> consumers() {
    return Set.of(MessageTracking.NAME);
  }

  @Override
  public void open(Wiring wiring) throws IOException {
    Wiring.Ground ground = wiring.ground();
    MessageSettings settings = ground.settings().of(Sections.TRACKING);
    TrackingSettings tracking = Objects.requireNonNull(settings.tracking());
    OperationsDatabase database = wiring.operations();
    var messages = new Messages(database, tracking, errorCodes(settings), ground.clock());
    wiring.serve(new MessageRoutes(messages).all());
    wiring.track(messages);
    var effect = new MessageTracking(wiring.decoder()::decode, tracking, ground.registry());
    var parts =
        new DatabaseConsumer.Parts(
            MessageTracking.NAME, wiring.spine().history(), database, effect, ground.clock());
    wiring.consume(ConsumerThread.start(parts, ground.registry(), RandomGenerator.getDefault()));
  }

  private static ErrorCodes errorCodes(MessageSettings settings) throws IOException {
    Path file = settings.errorCodes();
    return file == null ? ErrorCodes.shipped() : ErrorCodes.read(file);
  }
}
