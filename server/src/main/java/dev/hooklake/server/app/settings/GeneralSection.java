package dev.hooklake.server.app.settings;

import java.nio.file.Path;
import java.util.List;

/// What concerns the whole server.
public final class GeneralSection implements Section<GeneralSettings> {
  public static final Key<Path> DATA =
      new Key<>(
          "data",
          "HOOKLAKE_DATA",
          "./hooklake-data",
          ValueType.DIRECTORY,
          "Journal, admin token and, unless lake.root says otherwise, the lake.");
  public static final Key<Boolean> DEVELOPMENT =
      new Key<>(
          "development",
          "HOOKLAKE_DEV",
          "false",
          ValueType.SWITCH,
          "Starts sources that have no secret and accepts what comes unverified. Never in production.");

  public static final Key<Boolean> VERIFY_SIGNATURES =
      new Key<>(
          "verify-signatures",
          "VERIFY_WEBHOOK_SIGNATURES",
          "true",
          ValueType.SWITCH,
          "false, in development mode only, accepts whatever comes although secrets are set.");

  @Override
  public String title() {
    return "The whole server";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(DATA, DEVELOPMENT, VERIFY_SIGNATURES);
  }

  @Override
  public GeneralSettings read(GivenSettings given) {
    return new GeneralSettings(data(given), given.value(DEVELOPMENT));
  }

  /// The data directory, for areas that have files of their own in it.
  static Path data(GivenSettings given) {
    return given.value(DATA).toAbsolutePath().normalize();
  }
}
