package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.person.RegisterSettings;
import org.jspecify.annotations.Nullable;

/// The registers that are asked about leads; null where none is configured.
public record Registers(@Nullable Choice finder, @Nullable Choice register) {

  /// One of them.
  ///
  /// @param shape `diretrix` or `workapi`
  public record Choice(String shape, RegisterSettings settings, CallLimits limits) {}
}
