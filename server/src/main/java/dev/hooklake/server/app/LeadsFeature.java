package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.AdminRoute;
import dev.hooklake.server.admin.LeadRoutes;
import dev.hooklake.server.app.settings.CrmSettings;
import dev.hooklake.server.app.settings.LeadSettings;
import dev.hooklake.server.app.settings.Registers;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.console.AttentionItem;
import dev.hooklake.server.console.LeadPages;
import dev.hooklake.server.enrichment.Chore;
import dev.hooklake.server.enrichment.Enrichment;
import dev.hooklake.server.enrichment.EnrichmentSettings;
import dev.hooklake.server.enrichment.Enrichments;
import dev.hooklake.server.enrichment.LeadIntake;
import dev.hooklake.server.enrichment.LeadJobs;
import dev.hooklake.server.enrichment.LeadMeters;
import dev.hooklake.server.enrichment.LeadPoller;
import dev.hooklake.server.enrichment.LeadRetention;
import dev.hooklake.server.enrichment.Leads;
import dev.hooklake.server.enrichment.LeadsState;
import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallMeters;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.server.enrichment.call.SharedPace;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.person.Diretrix;
import dev.hooklake.server.enrichment.person.PersonFinder;
import dev.hooklake.server.enrichment.person.PersonRegister;
import dev.hooklake.server.enrichment.person.WorkApi;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.DatabaseConsumer;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Leads: stores each event of the CRM with its state and, when that is switched on, enriches it.
final class LeadsFeature implements Feature {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String TYPE = "c2s";

  /// Without a source of leads, the paths say so and how to get one.
  static final class Off implements Feature {
    @Override
    public boolean isOn(Settings settings) {
      return sources(settings).findAny().isEmpty();
    }

    @Override
    public void open(Wiring wiring) {
      wiring.serve(routes(wiring, null, false, null));
    }
  }

  @Override
  public boolean isOn(Settings settings) {
    return sources(settings).findAny().isPresent();
  }

  private static Stream<SourceSettings> sources(Settings settings) {
    return settings.of(Sections.SOURCES).stream().filter(source -> source.type().equals(TYPE));
  }

  @Override
  public Set<String> consumers() {
    return Set.of(LeadIntake.NAME);
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    Settings settings = ground.settings();
    var services = new Services(wiring, wiring.add(http()));
    wiring.watch(services::attention);
    C2sApi crm = services.crm();
    var meters = new LeadMeters(ground.registry());
    boolean enriching = settings.of(Sections.ENRICHMENT).enrichment() != null;
    LeadJobs jobs = jobs(wiring, services, crm, meters);
    var leads = new Leads(wiring.operations(), ground.clock(), jobs::wake);
    wiring.serve(routes(wiring, leads, enriching, crm));
    wiring.show(
        new LeadPages(new LeadPages.Parts(leads, enriching, audit(wiring), ground.clock())));
    Set<String> names =
        sources(settings).map(SourceSettings::name).collect(Collectors.toUnmodifiableSet());
    var effect = new LeadIntake(names, enriching, jobs::wake, ground.registry());
    wiring.report("leads", () -> LeadsState.of(enriching, effect, meters));
    var parts =
        new DatabaseConsumer.Parts(
            LeadIntake.NAME, wiring.spine().history(), wiring.operations(), effect, ground.clock());
    wiring.consume(ConsumerThread.start(parts, ground.registry(), RandomGenerator.getDefault()));
  }

  private static List<AdminRoute> routes(
      Wiring wiring, @Nullable Leads leads, boolean enriching, @Nullable C2sApi crm) {
    return new LeadRoutes(new LeadRoutes.Parts(leads, enriching, crm, audit(wiring))).all();
  }

  private static Audit audit(Wiring wiring) {
    return new Audit(wiring.operations(), wiring.ground().clock());
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  private static LeadJobs jobs(
      Wiring wiring, Services services, @Nullable C2sApi crm, LeadMeters meters) {
    Wiring.Ground ground = wiring.ground();
    EnrichmentSettings settings = ground.settings().of(Sections.ENRICHMENT).enrichment();
    LeadPoller poller = poller(wiring, crm);
    List<Chore> chores = new ArrayList<>();
    if (poller != null) {
      chores.add(poller.chore());
    }
    if (settings == null) {
      Duration kept = ground.settings().of(Sections.ENRICHMENT).retention();
      chores.add(new LeadRetention(wiring.operations(), kept, ground.clock()).chore());
      return start(wiring, services, null, chores, 1);
    }
    Enrichments.Parts parts = parts(services, crm, meters);
    chores.addAll(Enrichments.chores(parts, settings, wiring.ownEvents()));
    Enrichment enrichment = Enrichments.of(parts, settings);
    return start(wiring, services, enrichment, chores, settings.queue().concurrency());
  }

  private static Enrichments.Parts parts(
      Services services, @Nullable C2sApi crm, LeadMeters meters) {
    Wiring.Ground ground = services.wiring().ground();
    LeadSettings settings = ground.settings().of(Sections.ENRICHMENT);
    Registers registers = ground.settings().of(Sections.REGISTERS);
    return new Enrichments.Parts(
        services.wiring().operations(),
        new Vault(settings.vaultKeys(), new SecureRandom()),
        services.finder(Objects.requireNonNull(registers.finder())),
        services.register(Objects.requireNonNull(registers.register())),
        crm,
        meters,
        ground.clock(),
        RandomGenerator.getDefault());
  }

  private static LeadJobs start(
      Wiring wiring,
      Services services,
      @Nullable Enrichment enrichment,
      List<Chore> chores,
      int concurrency) {
    return wiring.add(
        LeadJobs.start(
            new LeadJobs.Parts(
                wiring.spine().journal().id().toString(),
                wiring.operations(),
                enrichment,
                chores,
                services.ending(),
                wiring.ground().clock()),
            concurrency,
            LeadJobs.Rhythm.DEFAULT));
  }

  private static @Nullable LeadPoller poller(Wiring wiring, @Nullable C2sApi crm) {
    Settings settings = wiring.ground().settings();
    Duration every = settings.of(Sections.CRM).poll();
    if (crm == null || every.isZero()) {
      return null;
    }
    SourceSettings source = sources(settings).findFirst().orElseThrow();
    return new LeadPoller(
        new LeadPoller.Parts(
            crm,
            Objects.requireNonNull(wiring.spine().sources().get(source.name())),
            source.path(),
            wiring.ownEvents(),
            wiring.operations(),
            every,
            wiring.ground().clock()),
        wiring.ground().registry());
  }

  /// What is called, each at its own pace.
  private record Services(
      Wiring wiring,
      HttpClient http,
      Ending ending,
      CallMeters meters,
      List<RemoteService> called) {
    Services(Wiring wiring, HttpClient http) {
      this(
          wiring,
          http,
          new Ending(),
          new CallMeters(wiring.ground().registry()),
          new CopyOnWriteArrayList<>());
    }

    /// Those that do not accept our credentials.
    List<AttentionItem> attention() {
      return called.stream()
          .filter(RemoteService::refusesUs)
          .map(service ->
              new AttentionItem(
                  "bad",
                  service.name() + " does not accept our credentials",
                  "Leads that need it wait. Mend them in the settings and restart.",
                  "refused",
                  ""))
          .toList();
    }

    @Nullable C2sApi crm() {
      CrmSettings settings = wiring.ground().settings().of(Sections.CRM);
      return settings.callable()
          ? new C2sApi(service("c2s", settings.limits()), settings.url(), settings.token())
          : null;
    }

    PersonFinder finder(Registers.Choice choice) {
      return choice.shape().equals("diretrix") ? diretrix(choice) : workApi(choice);
    }

    PersonRegister register(Registers.Choice choice) {
      return choice.shape().equals("diretrix") ? diretrix(choice) : workApi(choice);
    }

    private Diretrix diretrix(Registers.Choice choice) {
      return new Diretrix(choice.settings(), service(choice.shape(), choice.limits()));
    }

    private WorkApi workApi(Registers.Choice choice) {
      return new WorkApi(choice.settings(), service(choice.shape(), choice.limits()));
    }

    private RemoteService service(String name, CallLimits limits) {
      var service =
          new RemoteService(
              name,
              limits,
              new SharedPace(name, limits, wiring.operations(), wiring.ground().clock()),
              new RemoteService.Parts(http, ending, wiring.ground().clock(), meters));
      called.add(service);
      return service;
    }
  }
}
