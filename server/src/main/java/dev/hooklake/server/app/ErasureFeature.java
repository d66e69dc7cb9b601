package dev.hooklake.server.app;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.ErasureRoutes;
import dev.hooklake.server.app.settings.GeneralSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.cli.ErasableStores;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Erasure;
import dev.hooklake.server.erasure.ErasureDesk;
import dev.hooklake.server.erasure.ErasureReceipts;
import dev.hooklake.server.reconciliation.ExportFolder;
import java.util.List;
import java.util.stream.Stream;

/// Takes persons out of everything when the admin port is asked to.
final class ErasureFeature implements Feature {
  @Override
  public boolean isOn(Settings settings) {
    return true;
  }

  @Override
  public void open(Wiring wiring) {
    Wiring.Ground ground = wiring.ground();
    Wiring.Spine spine = wiring.spine();
    GeneralSettings general = ground.settings().of(Sections.GENERAL);
    var receipts = new ErasureReceipts(general.data().resolve("erasures"));
    var places =
        new Erasure.Places(
            new Erasure.Records(
                spine.journal(),
                wiring.decoder(),
                ground.settings().of(Sections.JOURNAL).directory().resolve("damaged")),
            spine.lake(),
            stores(wiring),
            ground.settings().of(Sections.MAINTENANCE),
            receipts.unfinished());
    ErasureDesk desk =
        wiring.add(
            new ErasureDesk(
                pause ->
                    Erasure.besideConsumers(
                        places, ground.clock(), wiring.copying().writeLock(), pause),
                receipts));
    var audit = new Audit(wiring.operations(), ground.clock());
    wiring.serve(new ErasureRoutes(desk, audit).all());
  }

  /// Those that a stopped server has, too, and what this one holds in its memory.
  private static List<Erasable> stores(Wiring wiring) {
    Settings settings = wiring.ground().settings();
    List<Erasable> kept =
        ErasableStores.in(
            wiring.operations(),
            settings.of(Sections.ENRICHMENT).vaultKeys(),
            wiring.kept(),
            ExportFolder.in(settings.of(Sections.GENERAL).data()));
    return Stream.concat(kept.stream(), Stream.of(wiring.live())).toList();
  }
}
