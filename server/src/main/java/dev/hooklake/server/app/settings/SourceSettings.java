package dev.hooklake.server.app.settings;

import dev.hooklake.server.intake.Endpoint;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.signature.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One configured source.
///
/// @param type its type's name
/// @param endpoint where and with which limits its provider posts
/// @param secrets none only in development mode: then nothing is verified
/// @param publicUrl base URL under which its provider reaches us; null when nobody said
/// @param provider who plays its provider; null when nobody can
/// @param urlHint what to mind when the URL is given to the provider; may be empty
public record SourceSettings(
    String type,
    Endpoint endpoint,
    List<Secret> secrets,
    @Nullable String publicUrl,
    @Nullable Provider provider,
    String urlHint) {

  public SourceSettings {
    secrets = List.copyOf(secrets);
  }

  public String name() {
    return source().name();
  }

  public String path() {
    return endpoint.path();
  }

  /// Where its provider finds it: behind a proxy, a public URL may have a path of its own.
  public String publicPath() {
    String before = publicUrl == null ? "" : URI.create(publicUrl).getPath();
    return before.replaceFirst("/$", "") + path();
  }

  public Source source() {
    return endpoint.source();
  }
}
