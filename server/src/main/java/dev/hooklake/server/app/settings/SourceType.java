package dev.hooklake.server.app.settings;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import java.util.List;
import java.util.Optional;

/// One type of source: the settings of its own, and how they become a source.
///
/// The environment variables of its keys count for the source that bears the type's name; if they
/// give a secret, the file need not name that source at all. A new type is a class of this kind and
/// a line in [SourceTypes].
interface SourceType {
  /// What stands after `type:`.
  String name();

  /// Where the provider posts to unless told otherwise.
  Key<WebhookPlace> path();

  Key<String> secrets();

  /// What else can be set for this type.
  List<Key<?>> further();

  /// Fails with `IllegalArgumentException` when the settings cannot be used; a source that is not
  /// verified has no secrets.
  Source open(GivenSource given);

  /// Who plays its provider, for `send`, `simulate` and `demo`; empty when nobody can.
  default Optional<Provider> provider(GivenSource given) {
    return Optional.empty();
  }

  /// What to add to the URL that the provider is given, with the reason.
  default String urlHint() {
    return "";
  }
}
