package dev.hooklake.server.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Which lead events are meant.
final class LeadFilterOptions {
  @Option(
      names = "--status",
      paramLabel = "NAME",
      description = "received, processing, completed or failed.")
  private @Nullable String status;

  @Option(
      names = "--outcome",
      paramLabel = "NAME",
      description = "How completed ones ended: enriched, nobody_found, unchanged ...")
  private @Nullable String outcome;

  @Option(names = "--lead", paramLabel = "ID", description = "The lead, by the CRM's id.")
  private @Nullable String lead;

  @Option(names = "--source", paramLabel = "NAME", description = "The source they came from.")
  private @Nullable String source;

  @Option(names = "--from", paramLabel = "TIME", description = "Received at or after.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Received before.")
  private @Nullable String to;

  Map<String, @Nullable String> query(CommandSpec command) {
    Map<String, @Nullable String> query = new HashMap<>();
    query.put("status", status);
    query.put("outcome", outcome);
    query.put("leadId", lead);
    query.put("source", source);
    query.put("receivedFrom", from == null ? null : Times.instant(command, from).toString());
    query.put("receivedTo", to == null ? null : Times.instant(command, to).toString());
    return query;
  }
}
