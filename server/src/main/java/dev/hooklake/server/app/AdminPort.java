package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.admin.AccessRoutes;
import dev.hooklake.server.admin.AdminRoute;
import dev.hooklake.server.admin.AdminServer;
import dev.hooklake.server.admin.AnalyticsRoutes;
import dev.hooklake.server.admin.EventFinder;
import dev.hooklake.server.admin.EventOutcomes;
import dev.hooklake.server.admin.SourceRoutes;
import dev.hooklake.server.admin.StatusReport;
import dev.hooklake.server.analytics.LakeEventLookup;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.console.Console;
import dev.hooklake.server.console.LiveFeed;
import dev.hooklake.server.intake.IntakeServer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Wires the admin port: who may come in, the API, and the console.
final class AdminPort {
  private final Wiring wiring;
  private final Entrance entrance;
  private final IntakeServer intake;

  AdminPort(Wiring wiring, Entrance entrance, IntakeServer intake) {
    this.wiring = wiring;
    this.entrance = entrance;
    this.intake = intake;
  }

  AdminServer start(LiveFeed live) throws IOException {
    Wiring.Spine spine = wiring.spine();
    var audit = new Audit(wiring.operations(), wiring.ground().clock());
    LakeQuestions lake = wiring.questions();
    var events =
        new EventOutcomes(spine.journal(), spine.pipeline(), new LakeEventLookup(spine.reader()));
    var finder = new EventFinder(lake, spine.journal(), spine.pipeline());
    var pages =
        new ConsoleWiring(wiring, entrance, intake, new ConsoleWiring.Asked(lake, events, finder));
    var about = new Console.About(Version.TEXT, development(), wiring.ground().clock());
    var console = new Console(about, pages.all(live, audit));
    List<AdminRoute> further =
        Stream.of(
                wiring.adminRoutes(),
                new AccessRoutes(entrance.links(), audit).all(),
                new AnalyticsRoutes(lake, audit, wiring.ground().clock()).all(),
                new SourceRoutes(spine.sources().keySet(), pages.tests(), finder::find, audit)
                    .all(),
                console.routes())
            .flatMap(List::stream)
            .toList();
    return AdminServer.start(
        wiring.ground().settings().of(Sections.ADMIN),
        new AdminServer.Parts(
            entrance.tokens(),
            entrance.sessions(),
            new LoginLimit(wiring.ground().clock()),
            status(),
            events,
            wiring.ground().registry(),
            further));
  }

  private StatusReport status() {
    Wiring.Spine spine = wiring.spine();
    return new StatusReport(
        new StatusReport.Parts(
            spine.journal(),
            spine.pipeline(),
            wiring.consumers(),
            new LakeSummaries(spine.reader()),
            intake::counts,
            wiring.ownEvents(),
            new JournalReadiness(spine.journal()),
            wiring.reports(),
            wiring.ground().clock()),
        Version.TEXT,
        development());
  }

  private boolean development() {
    return wiring.ground().settings().of(Sections.GENERAL).development();
  }
}
