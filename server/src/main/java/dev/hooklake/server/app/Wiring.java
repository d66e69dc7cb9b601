package dev.hooklake.server.app;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Journal;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.server.admin.AdminRoute;
import dev.hooklake.server.alerts.Alerts;
import dev.hooklake.server.alerts.drift.Drift;
import dev.hooklake.server.analytics.KeptDeliveries;
import dev.hooklake.server.analytics.KeptFiles;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.app.settings.ProviderSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.console.AttentionItem;
import dev.hooklake.server.console.ConsolePages;
import dev.hooklake.server.console.LiveFeed;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.tracking.Messages;
import dev.hooklake.sources.Source;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a feature finds when it is opened, and where it puts what it adds.
final class Wiring {
  /// What every part of a server is made with.
  record Ground(Settings settings, PrometheusMeterRegistry registry, InstantSource clock) {}

  /// The way of an event, open.
  ///
  /// @param sources by name
  /// @param history the journal, for consumers that may have been off for a while
  record Spine(
      Map<String, Source> sources,
      EmbeddedJournal journal,
      Journal history,
      Lake lake,
      LakeReader reader,
      LakePipeline pipeline) {
    Spine {
      sources = Map.copyOf(sources);
    }
  }

  /// Fewer events than that are counted in about a second.
  private static final long WORTH_KEEPING = 2_000_000;

  private final Ground ground;
  private final Spine spine;
  private final OpenParts parts;
  private final OpeningOperations operations;
  private final OwnEvents ownEvents;
  private final List<AdminRoute> adminRoutes = new ArrayList<>();
  private final List<AttentionItem.Finder> watched = new ArrayList<>();
  private final List<ConsolePages> pages = new ArrayList<>();
  private final List<ConsumerThread> consumers = new ArrayList<>();
  private final Map<String, Pace> paces = new HashMap<>();
  private final ReadWriteLock copying = new ReentrantReadWriteLock(true);
  private @Nullable KeptDeliveries kept;
  private @Nullable LakeQuestions questions;
  private @Nullable LakeQuestions watching;
  private @Nullable LiveFeed live;
  private @Nullable Watch watch;
  private @Nullable Messages tracked;
  private final Map<String, Supplier<?>> reports = new LinkedHashMap<>();

  Wiring(Ground ground, Spine spine, OpeningOperations operations, OpenParts parts) {
    this.ground = ground;
    this.spine = spine;
    this.operations = operations;
    this.parts = parts;
    this.ownEvents = new OwnEvents(spine.journal(), ground.registry());
  }

  Ground ground() {
    return ground;
  }

  Spine spine() {
    return spine;
  }

  /// The journal for events that this server adds itself.
  OwnEvents ownEvents() {
    return ownEvents;
  }

  /// A decoder for one more consumer of the journal.
  RecordDecoder decoder() {
    return new RecordDecoder(spine.sources());
  }

  /// The pace of a provider's API: one for each key, since the provider has one bucket for it, too.
  Pace pace(ProviderSettings provider) {
    return paces.computeIfAbsent(
        provider.api() + " " + provider.user() + " " + provider.key(),
        _ -> Pace.perSecond(provider.requestsPerSecond(), Pauses.real()));
  }

  /// Whoever copies what the lake holds, into a store or within it, holds the one, an erasure that
  /// removes the other.
  ReadWriteLock copying() {
    return copying;
  }

  /// Takes a part over, which is closed before those that were added earlier.
  <T extends AutoCloseable> T add(T part) {
    return parts.add(part);
  }

  /// The operations database.
  OperationsDatabase operations() {
    return operations.database();
  }

  /// People's questions to the lake: two at a time are answered.
  LakeQuestions questions() {
    LakeQuestions opened = questions;
    if (opened == null) {
      opened = add(new LakeQuestions(spine.reader(), 2, new SqlLimits(2, 384, scratch()), kept()));
      questions = opened;
    }
    return opened;
  }

  /// Shows viewers what arrives.
  LiveFeed live() {
    LiveFeed opened = live;
    if (opened == null) {
      opened = add(new LiveFeed(decoder(), ground.clock()));
      live = opened;
    }
    return opened;
  }

  /// What is kept of the lake's deliveries, so that questions about them are answered at once.
  KeptDeliveries kept() {
    KeptDeliveries started = kept;
    if (started == null) {
      var made =
          new KeptDeliveries.Parts(
              spine.reader(),
              KeptFiles.in(ground.settings().of(Sections.GENERAL).data()),
              WORTH_KEEPING,
              () -> MaintenanceFeature.isBehind(spine.pipeline()),
              ground.clock());
      started = add(KeptDeliveries.start(made));
      report("keptDeliveries", started::state);
      kept = started;
    }
    return started;
  }

  /// Questions that the server asks by itself: one at a time, with as little of the machine as
  /// does.
  LakeQuestions watching() {
    LakeQuestions opened = watching;
    if (opened == null) {
      opened = add(new LakeQuestions(spine.reader(), 1, new SqlLimits(1, 64, scratch()), kept()));
      watching = opened;
    }
    return opened;
  }

  private Path scratch() {
    return ground.settings().of(Sections.MAINTENANCE).lake().scratch();
  }

  /// What watches the server, for pages to show.
  record Watch(Alerts alerts, Drift drift) {}

  void watch(Alerts alerts, Drift drift) {
    watch = new Watch(alerts, drift);
  }

  Watch watch() {
    return Objects.requireNonNull(watch, "alerts are opened before the ports are");
  }

  void track(Messages messages) {
    tracked = messages;
  }

  /// The registered messages; null while tracking is off.
  @Nullable Messages tracked() {
    return tracked;
  }

  /// Takes over a consumer that was started; the status shows how it stands.
  void consume(ConsumerThread consumer) {
    consumers.add(add(consumer));
  }

  List<ConsumerThread> consumers() {
    return List.copyOf(consumers);
  }

  /// Paths that the admin port serves too.
  void serve(List<AdminRoute> routes) {
    adminRoutes.addAll(routes);
  }

  /// Pages that the console has too.
  void show(ConsolePages one) {
    pages.add(one);
  }

  List<ConsolePages> pages() {
    return List.copyOf(pages);
  }

  /// How a feature stands, to be shown under its name in the server's status.
  void report(String feature, Supplier<?> state) {
    reports.put(feature, state);
  }

  Map<String, Supplier<?>> reports() {
    return Collections.unmodifiableMap(reports);
  }

  List<AdminRoute> adminRoutes() {
    return List.copyOf(adminRoutes);
  }

  /// Something that may need an operator's attention.
  void watch(AttentionItem.Finder finder) {
    watched.add(finder);
  }

  List<AttentionItem.Finder> watched() {
    return List.copyOf(watched);
  }
}
