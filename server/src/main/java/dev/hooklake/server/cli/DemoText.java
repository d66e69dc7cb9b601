package dev.hooklake.server.cli;

import java.io.PrintWriter;
import java.net.URI;

/// What a demonstration says at its start.
final class DemoText {
  private DemoText() {}

  static void greet(Installation hooklake, URI provider, URI crm, PrintWriter out) {
    for (InstalledSource source : hooklake.sources()) {
      out.println(
          "Webhooks   "
              + source.webhookUrl()
              + " ("
              + source.name()
              + ", secret made up for today)");
    }
    out.println("Admin      " + hooklake.adminUrl() + " (token in " + hooklake.data() + ")");
    out.println("Metrics    " + hooklake.adminUrl().resolve("/metrics"));
    out.println(
        "Provider   " + provider + " (an invented one, which keeps back 0.5 % of its webhooks)");
    out.println(
        "CRM        " + crm + " (invented too, like the registers in which leads are looked up)");
    out.println("Lake       " + hooklake.lake().root());
    out.println();
    out.println("Try in another terminal:");
    out.println(
        "  ./hooklake query \"SELECT metric, count(*) FROM email_events GROUP BY ALL\" --data "
            + hooklake.data());
    out.println("  ./hooklake reconcile --data " + hooklake.data());
    out.println("  ./hooklake backfill --data " + hooklake.data());
    out.println("  ./hooklake leads list --data " + hooklake.data());
    out.println();
    out.flush();
  }
}
