package dev.hooklake.server.app;

import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.intake.IntakeSettings;
import java.io.PrintWriter;

/// What `config check` says of settings with which a server starts.
record ConfigText(Settings settings, PrintWriter out) {
  void print() {
    out.println("valid     yes");
    out.println("errors    0");
    out.println("warnings  " + settings.warnings().size());
    for (int i = 0; i < settings.warnings().size(); i++) {
      out.println("  " + (i + 1) + ". " + settings.warnings().get(i));
    }
    out.println();
    places();
    out.println();
    out.println("Give these URLs to the providers:");
    settings.of(Sections.SOURCES).forEach(this::url);
  }

  private void places() {
    IntakeSettings intake = settings.of(Sections.INTAKE);
    AdminSettings admin = settings.of(Sections.ADMIN);
    out.println("data      " + settings.of(Sections.GENERAL).data());
    out.println("lake      " + settings.of(Sections.LAKE).root());
    out.println("public    " + intake.host() + ":" + intake.port());
    out.println("admin     " + admin.host() + ":" + admin.port());
    for (SourceSettings source : settings.of(Sections.SOURCES)) {
      out.println(
          "source    %s (%s), %s"
              .formatted(source.name(), source.type(), secrets(source.secrets().size())));
    }
  }

  private static String secrets(int count) {
    return switch (count) {
      case 0 -> "NOTHING IS VERIFIED (development mode)";
      case 1 -> "1 secret";
      default -> count + " secrets";
    };
  }

  /// The base URL that nobody set is left to whoever reads.
  private void url(SourceSettings source) {
    String base = source.publicUrl();
    String start = base == null ? "https://YOUR-HOST" : base.replaceFirst("/$", "");
    out.println("  " + source.name() + "  " + start + source.path());
    if (!source.urlHint().isEmpty()) {
      out.println("    " + source.urlHint());
    }
  }
}
