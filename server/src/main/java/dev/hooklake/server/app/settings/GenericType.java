package dev.hooklake.server.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.generic.GenericSettings;
import dev.hooklake.sources.generic.GenericSource;
import dev.hooklake.sources.generic.Presets;
import dev.hooklake.sources.generic.SettingsProblem;
import dev.hooklake.sources.generic.SettingsRefused;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A sender that settings describe: from nothing, or from a ready-made description, over which what
/// is written in the file is laid.
final class GenericType implements SourceType {
  /// The name of the type that begins with nothing.
  static final String PLAIN = "generic";

  private static final Key<WebhookPlace> PATH = SourceKeys.path(null, "/webhooks/<name>");
  private static final Key<String> SECRETS = SourceKeys.secrets(null);
  private static final Set<String> AREAS =
      Set.of("verification", "events", "row", "answers", "handshake");
  private static final List<Key<?>> FURTHER =
      List.of(
          area("verification", "How deliveries are signed."),
          area("events", "How a delivery is cut into events, and what makes two the same."),
          area("row", "Which table, metric, time and columns an event gives."),
          area("answers", "What the sender is told."),
          area("handshake", "How a GET asks whether the address is ours."));

  private final String preset;

  GenericType(String preset) {
    this.preset = preset;
  }

  private static Key<String> area(String name, String meaning) {
    return new Key<>(
        "sources.<name>." + name + ".*", null, "", ValueType.TEXT, meaning + " See sources.md.");
  }

  @Override
  public String name() {
    return preset;
  }

  @Override
  public Key<WebhookPlace> path() {
    return PATH;
  }

  @Override
  public Key<String> secrets() {
    return SECRETS;
  }

  @Override
  public List<Key<?>> further() {
    return FURTHER;
  }

  @Override
  public Source open(GivenSource given) {
    ObjectNode written = given.tree().retain(AREAS);
    ObjectNode tree = preset.equals(PLAIN) ? written : Presets.tree(preset, written);
    if (!given.verified()) {
      tree.putObject("verification").put("type", "none");
    }
    try {
      return new GenericSource(
          GenericSettings.read(given.name(), tree, given.secrets(), given.address()));
    } catch (SettingsRefused e) {
      for (SettingsProblem problem : e.problems()) {
        given.refuse(problem.path(), problem.reason(), problem.remedy());
      }
      throw new IllegalArgumentException(
          e.problems().stream()
              .map(SettingsProblem::path)
              .collect(Collectors.joining(", ", "these settings cannot be used: ", "")),
          e);
    }
  }
}
