package dev.hooklake.server.app.settings;

import dev.hooklake.lake.LakeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Where the Delta tables are.
public final class LakeSection implements Section<LakeSettings> {

  /// Without a default of its own: the directory `lake` in the data directory.
  public static final Key<URI> ROOT =
      new Key<>(
          "lake.root",
          "DELTA_BASE_PATH",
          "./hooklake-data/lake",
          ValueType.LOCATION,
          "Where the Delta tables are; by default the directory lake in data.");

  static final Key<String> HADOOP =
      new Key<>(
          "lake.hadoop.*",
          null,
          "",
          ValueType.TEXT,
          "Any property of the lake's file system, such as end points and credentials; handed to Hadoop as it is.");

  @Override
  public String title() {
    return "The lake";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(ROOT, HADOOP);
  }

  @Override
  public LakeSettings read(GivenSettings given) {
    Path usual = GeneralSection.data(given).resolve("lake");
    URI root = given.given(ROOT) ? given.value(ROOT) : usual.toUri();
    return given.checked(
        given.where(ROOT),
        () -> new LakeSettings(root, given.below(HADOOP)),
        () -> LakeSettings.in(usual));
  }
}
