package dev.hooklake.server.app;

import dev.hooklake.providers.Authorization;
import dev.hooklake.providers.Patience;
import dev.hooklake.providers.ProviderHttp;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.CustomerIoAccounts;
import dev.hooklake.server.admin.CustomerIoAccounts.Account;
import dev.hooklake.server.admin.CustomerIoMetricRoutes;
import dev.hooklake.server.admin.CustomerIoRoutes;
import dev.hooklake.server.app.settings.ProviderSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people ask of Customer.io through the admin port, in the same pace as reconciliation and
/// backfill. Without an App API key the paths say so.
final class CustomerIoFeature implements Feature {
  /// Somebody waits for the answer.
  private static final Patience PATIENCE =
      new Patience(
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15));

  /// A test names its own address.
  private static final URI NOWHERE = URI.create("http://127.0.0.1/");

  @Override
  public boolean isOn(Settings settings) {
    return true;
  }

  @Override
  public void open(Wiring wiring) {
    InstantSource clock = wiring.ground().clock();
    var accounts = new CustomerIoAccounts(accounts(wiring));
    var audit = new Audit(wiring.operations(), clock);
    wiring.serve(new CustomerIoRoutes(accounts, wiring.questions(), audit, clock).all());
    wiring.serve(new CustomerIoMetricRoutes(accounts, clock).all());
  }

  private static Map<String, Account> accounts(Wiring wiring) {
    return wiring.ground().settings().of(Sections.PROVIDERS).stream()
        .filter(provider -> provider.type() == ProviderSettings.Type.CUSTOMERIO)
        .filter(provider -> source(wiring, provider.source()).isPresent())
        .collect(Collectors.toMap(ProviderSettings::source, provider -> account(wiring, provider)));
  }

  private static Account account(Wiring wiring, ProviderSettings provider) {
    var http =
        new ProviderHttp(
            provider.api(), Authorization.bearer(provider.key()), wiring.pace(provider), PATIENCE);
    var api = new CustomerIoApi(http, wiring.ground().clock());
    return new Account(
        provider.source(),
        new Webhooks(provider.source(), path(wiring, provider.source()), api),
        sender(wiring, provider.source()));
  }

  private static @Nullable Sender sender(Wiring wiring, String name) {
    return source(wiring, name)
        .flatMap(source -> Optional.ofNullable(source.provider()))
        .map(player -> sender(name, player))
        .orElse(null);
  }

  private static Sender sender(String name, Provider player) {
    return new Sender(name, NOWHERE, NOWHERE.toString(), player);
  }

  /// Where the world reaches a source; empty when there is no such source.
  static String path(Wiring wiring, String name) {
    return source(wiring, name).map(SourceSettings::publicPath).orElse("");
  }

  private static Optional<SourceSettings> source(Wiring wiring, String name) {
    return wiring.ground().settings().of(Sections.SOURCES).stream()
        .filter(source -> source.name().equals(name))
        .findFirst();
  }
}
