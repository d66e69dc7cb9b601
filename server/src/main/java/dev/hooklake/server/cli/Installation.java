package dev.hooklake.server.cli;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.tracking.TrackingSettings;
import dev.hooklake.sources.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Hooklake as its settings describe it, running or not.
///
/// @param data the data directory; the journal is in it
/// @param tracked the operations database, and how messages are tracked in it
/// @param journal where the journal is
/// @param maintenance what the lake is to look like, and whether its server sees to that
/// @param sources every configured source
/// @param customerIoApis Customer.io sources whose API can be asked
/// @param adminUrl the admin port
/// @param adminToken what opens it, null when it asks for none
public record Installation(
    Path data,
    JournalSettings journal,
    LakeSettings lake,
    Tracked tracked,
    LakeMaintenanceSettings maintenance,
    List<InstalledSource> sources,
    List<ProviderAccess> customerIoApis,
    URI adminUrl,
    @Nullable String adminToken) {
  /// How messages are tracked, and people kept.
  ///
  /// @param tracking null while it is switched off
  /// @param vaultKeys under which people are kept, by whose CPF they are found
  public record Tracked(
      DatabaseSettings database, @Nullable TrackingSettings tracking, List<VaultKey> vaultKeys) {
    public Tracked {
      vaultKeys = List.copyOf(vaultKeys);
    }
  }

  public Installation {
    sources = List.copyOf(sources);
    customerIoApis = List.copyOf(customerIoApis);
  }

  /// Every source with today's decoder.
  List<Source> decoders() {
    return sources.stream().map(InstalledSource::source).toList();
  }

  /// Not the token.
  @Override
  public String toString() {
    return "Installation[" + data + "]";
  }
}
