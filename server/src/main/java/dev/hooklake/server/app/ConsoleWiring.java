package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.OidcLogin;
import dev.hooklake.server.access.OidcSettings;
import dev.hooklake.server.admin.EventFinder;
import dev.hooklake.server.admin.EventOutcomes;
import dev.hooklake.server.admin.SessionCookie;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.console.AlertPages;
import dev.hooklake.server.console.AttentionItem;
import dev.hooklake.server.console.AuditPages;
import dev.hooklake.server.console.BalanceSheet;
import dev.hooklake.server.console.CampaignPages;
import dev.hooklake.server.console.ConsolePages;
import dev.hooklake.server.console.DriftPages;
import dev.hooklake.server.console.EventPages;
import dev.hooklake.server.console.LiveFeed;
import dev.hooklake.server.console.LivePages;
import dev.hooklake.server.console.LoginPages;
import dev.hooklake.server.console.MessagePages;
import dev.hooklake.server.console.OverviewPages;
import dev.hooklake.server.console.ParentNames;
import dev.hooklake.server.console.QuarantineCounts;
import dev.hooklake.server.console.QuarantinePages;
import dev.hooklake.server.console.ReplayPages;
import dev.hooklake.server.console.ReplayRuns;
import dev.hooklake.server.console.SettingsPages;
import dev.hooklake.server.console.ShownSource;
import dev.hooklake.server.console.SourceList;
import dev.hooklake.server.console.SourcePages;
import dev.hooklake.server.console.SqlPages;
import dev.hooklake.server.console.TablePages;
import dev.hooklake.server.console.Timeline;
import dev.hooklake.server.console.UsualAttention;
import dev.hooklake.server.intake.IntakeServer;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.signature.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Wires the console's pages.
final class ConsoleWiring {
  /// What pages ask.
  record Asked(LakeQuestions lake, EventOutcomes outcomes, EventFinder finder) {}

  private final Wiring wiring;
  private final Entrance entrance;
  private final IntakeServer intake;
  private final Asked asked;
  private final Settings settings;
  private final InstantSource clock;

  ConsoleWiring(Wiring wiring, Entrance entrance, IntakeServer intake, Asked asked) {
    this.wiring = wiring;
    this.entrance = entrance;
    this.intake = intake;
    this.asked = asked;
    this.settings = wiring.ground().settings();
    this.clock = wiring.ground().clock();
  }

  /// Every page, in the order of the navigation. A new one is a class of its own and a line here.
  List<ConsolePages> all(LiveFeed live, Audit audit) {
    Wiring.Spine spine = wiring.spine();
    LakeQuestions lake = asked.lake();
    var sources = new SourceList(infos(), intake::counts, live, lake, clock);
    var quarantine = new QuarantineCounts(lake, clock);
    var timeline = new Timeline(lake);
    EventFinder finder = asked.finder();
    var alerts = new AlertPages(wiring.watch().alerts(), audit, clock);
    List<ConsolePages> pages = new ArrayList<>();
    pages.addAll(
        List.of(
            login(audit),
            overview(live, sources, quarantine, alerts),
            new LivePages(live, sources),
            events(finder, timeline, audit),
            messages(timeline, audit),
            new CampaignPages(lake, new ParentNames(lake, clock), clock),
            new QuarantinePages(quarantine, lake),
            replays(finder, audit),
            alerts,
            new DriftPages(wiring.watch().drift()),
            new SqlPages(lake, audit, clock),
            new TablePages(
                new LakeSummaries(spine.reader()),
                settings.of(Sections.LAKE).root().toString(),
                clock),
            new SourcePages(sources, tests(), audit, clock)));
    pages.addAll(wiring.pages());
    pages.add(new SettingsPages(areas()));
    pages.add(new AuditPages(audit));
    return List.copyOf(pages);
  }

  private LoginPages login(Audit audit) {
    return new LoginPages(
        new LoginPages.Parts(
            entrance.tokens(),
            entrance.links(),
            entrance.sessions(),
            new LoginLimit(clock),
            audit,
            oidc(settings.of(Sections.ACCESS).oidc())),
        new SessionCookie(settings.of(Sections.ADMIN).https()));
  }

  private @Nullable OidcLogin oidc(@Nullable OidcSettings oidc) {
    return oidc == null ? null : new OidcLogin(oidc, clock);
  }

  private OverviewPages overview(
      LiveFeed live, SourceList sources, QuarantineCounts quarantine, AlertPages alerts) {
    Wiring.Spine spine = wiring.spine();
    var balance =
        new BalanceSheet(
            new BalanceSheet.Parts(
                spine.journal(),
                wiring.ownEvents()::added,
                spine.pipeline(),
                asked.lake(),
                intake::counts,
                clock));
    var attention =
        new UsualAttention(
            new UsualAttention.Parts(
                spine.journal(),
                spine.pipeline(),
                new JournalReadiness(spine.journal()),
                intake::counts),
            quarantine);
    List<AttentionItem.Finder> finders =
        Stream.concat(
                Stream.<AttentionItem.Finder>of(alerts::attention, attention),
                wiring.watched().stream())
            .toList();
    return new OverviewPages(
        new OverviewPages.Parts(balance, asked.lake(), live, sources, finders),
        new OverviewPages.Machinery(spine.journal(), spine.pipeline(), clock));
  }

  private EventPages events(EventFinder finder, Timeline timeline, Audit audit) {
    return new EventPages(
        new EventPages.Parts(finder, asked.outcomes(), timeline, wiring.spine().sources(), clock),
        audit);
  }

  private MessagePages messages(Timeline timeline, Audit audit) {
    List<String> sources =
        settings.of(Sections.SOURCES).stream().map(SourceSettings::name).toList();
    return new MessagePages(new MessagePages.Parts(timeline, wiring.tracked(), sources, audit));
  }

  private ReplayPages replays(EventFinder finder, Audit audit) {
    List<Source> sources = List.copyOf(wiring.spine().sources().values());
    var runs =
        new ReplayRuns(
            new ReplayRuns.Parts(
                wiring.spine().reader(),
                settings.of(Sections.LAKE),
                sources,
                clock,
                wiring.copying().readLock()));
    return new ReplayPages(runs, finder, audit);
  }

  SignedTests tests() {
    return new SignedTests(settings.of(Sections.SOURCES), intake::port, clock);
  }

  private List<ShownSource> infos() {
    return settings.of(Sections.SOURCES).stream().map(this::info).toList();
  }

  private ShownSource info(SourceSettings source) {
    String base = source.publicUrl();
    String local = "http://localhost:" + settings.of(Sections.INTAKE).port();
    return new ShownSource(
        source.name(),
        source.type(),
        new ShownSource.Place(
            (base == null ? local : base.replaceFirst("/$", "")) + source.path(),
            base != null,
            source.urlHint()),
        source.secrets().stream().map(Secret::fingerprint).toList(),
        !source.secrets().isEmpty());
  }

  private List<SettingsPages.Area> areas() {
    return settings.shown().stream()
        .map(area ->
            new SettingsPages.Area(
                area.title(),
                area.lines().stream()
                    .map(line ->
                        new SettingsPages.Line(
                            line.name(), line.value(), line.origin(), line.meaning()))
                    .toList()))
        .toList();
  }
}
