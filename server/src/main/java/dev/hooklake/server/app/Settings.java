package dev.hooklake.server.app;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.intake.IntakeSettings;
import dev.hooklake.server.pipeline.PipelineSettings;
import java.nio.file.Path;
import java.util.List;

/// Everything a server needs to know, checked.
///
/// @param data the data directory; the journal and the admin token are in it
/// @param development sources without a secret are started, unverified
public record Settings(
    Path data,
    boolean development,
    IntakeSettings intake,
    AdminSettings admin,
    JournalSettings journal,
    LakeSettings lake,
    PipelineSettings pipeline,
    LogSettings log,
    List<SourceSettings> sources) {

  public Settings {
    sources = List.copyOf(sources);
  }

  /// The file that holds the admin token; made at the first start.
  public Path adminTokenFile() {
    return data.resolve("admin-token");
  }
}
