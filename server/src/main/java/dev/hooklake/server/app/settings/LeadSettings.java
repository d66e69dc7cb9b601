package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.EnrichmentSettings;
import dev.hooklake.server.enrichment.vault.VaultKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done with leads beyond storing them.
///
/// @param enrichment null while it is switched off
/// @param vaultKeys the current one first
/// @param retention for how long a lead event is kept
public record LeadSettings(
    @Nullable EnrichmentSettings enrichment, List<VaultKey> vaultKeys, Duration retention) {
  public LeadSettings {
    vaultKeys = List.copyOf(vaultKeys);
  }
}
