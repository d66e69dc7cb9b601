package dev.hooklake.server.app;

import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.resend.ResendApi;
import dev.hooklake.providers.twilio.TwilioApi;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.HistoryRoutes;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.app.settings.ProviderSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.console.CompletenessAttention;
import dev.hooklake.server.console.ParentNames;
import dev.hooklake.server.console.ReconciliationPages;
import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.forwarding.FileDownload;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.CheckedSource;
import dev.hooklake.server.reconciliation.CustomerIoExports;
import dev.hooklake.server.reconciliation.CustomerIoHistory;
import dev.hooklake.server.reconciliation.ExportFolder;
import dev.hooklake.server.reconciliation.ExportTidying;
import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.HistoryJobs;
import dev.hooklake.server.reconciliation.HistoryMeters;
import dev.hooklake.server.reconciliation.HistoryRun;
import dev.hooklake.server.reconciliation.LakeHeldEvents;
import dev.hooklake.server.reconciliation.LakeNames;
import dev.hooklake.server.reconciliation.ProviderHistory;
import dev.hooklake.server.reconciliation.ResendHistory;
import dev.hooklake.server.reconciliation.TwilioHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reconciliation and backfill of the sources whose provider can be asked.
final class ReconciliationFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationFeature.class);

  /// A thread, and memory beside that of queries that people ask.
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);

  /// Where no provider can be asked, the paths say so and which setting to give.
  static final class Off implements Feature {
    @Override
    public boolean isOn(Settings settings) {
      return settings.of(Sections.PROVIDERS).isEmpty();
    }

    @Override
    public void open(Wiring wiring) {
      wiring.serve(new HistoryRoutes(null, wiring.ground().clock()).all());
      wiring.show(new ReconciliationPages(null, wiring.ground().clock()));
      wiring.add(
          ExportTidying.start(exports(wiring), wiring.operations(), wiring.ground().clock()));
    }
  }

  @Override
  public boolean isOn(Settings settings) {
    return !settings.of(Sections.PROVIDERS).isEmpty();
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    Wiring.Spine spine = wiring.spine();
    OperationsDatabase database = wiring.operations();
    var closing = new CountDownLatch(1);
    var held =
        new LakeHeldEvents.Parts(
            spine.journal(), spine.pipeline(), spine.reader(), LIMITS, ground.clock(), closing);
    var jobs =
        HistoryJobs.start(
            new HistoryJobs.Parts(
                new HistoryRun.Ground(
                    wiring.ownEvents(),
                    database,
                    new LakeNames(spine.lake(), spine.reader(), LIMITS, ground.clock()),
                    exports(wiring),
                    ground.settings().of(Sections.RECONCILIATION),
                    ground.clock()),
                sources(wiring),
                source -> new LakeHeldEvents(held, source)),
            closing);
    wiring.add(jobs);
    var figures = new FigureQueries(database);
    HistoryMeters.register(ground.registry(), figures, jobs.sources(), ground.clock());
    wiring.watch(new CompletenessAttention(figures, jobs.sources()));
    var audit = new Audit(database, ground.clock());
    var asked = new HistoryRoutes.Asked(jobs, figures, audit);
    wiring.serve(new HistoryRoutes(asked, ground.clock()).all());
    var names = new ParentNames(wiring.questions(), ground.clock());
    wiring.show(
        new ReconciliationPages(
            new ReconciliationPages.Parts(jobs, figures, names, audit), ground.clock()));
  }

  private static ExportFolder exports(Wiring wiring) {
    return ExportFolder.in(wiring.ground().settings().of(Sections.GENERAL).data());
  }

  private static List<CheckedSource> sources(Wiring wiring) {
    Settings settings = wiring.ground().settings();
    List<CheckedSource> sources = new ArrayList<>();
    for (ProviderSettings provider : settings.of(Sections.PROVIDERS)) {
      if (wiring.spine().sources().containsKey(provider.source())) {
        sources.add(new CheckedSource(provider.source(), history(wiring, provider)));
      } else {
        LOG.warn(
            "There are credentials for the API of {}, but no source of that name receives its"
                + " webhooks",
            provider.source());
      }
    }
    return sources;
  }

  private static ProviderHistory history(Wiring wiring, ProviderSettings provider) {
    String source = provider.source();
    Pace pace = wiring.pace(provider);
    return switch (provider.type()) {
      case CUSTOMERIO -> {
        CustomerIoApi api =
            CustomerIoApi.of(provider.api(), provider.key(), pace, wiring.ground().clock());
        var webhooks = new Webhooks(source, CustomerIoFeature.path(wiring, source), api);
        var exports =
            new CustomerIoExports(
                api,
                FileDownload.isThisMachine(provider.api()),
                Pauses.real(),
                wiring.ground().clock());
        yield new CustomerIoHistory(source, api, webhooks::leadsHere, exports);
      }
      case TWILIO -> {
        var login = new TwilioApi.Login(provider.user(), provider.key());
        yield new TwilioHistory(
            source, TwilioApi.of(provider.api(), provider.account(), login, pace));
      }
      case RESEND -> new ResendHistory(source, ResendApi.of(provider.api(), provider.key(), pace));
    };
  }
}
