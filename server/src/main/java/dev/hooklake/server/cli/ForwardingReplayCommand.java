package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Has dead letters sent again, or what landed in a period.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Have a destination's dead letters sent again, as if they had just come; or, with --from and"
          + " --to, everything that landed in a period and that the destination chooses.",
      "",
      "Each keeps its id, so a receiver that took one after all recognises it. A period is queued"
          + " piece by piece; broken off, the command is run again."
    },
    footer = {
      "",
      "Examples:",
      "  hooklake forwarding replay --destination crm",
      "  hooklake forwarding replay --destination crm --from 2026-03-01 --to 2026-03-02"
    })
final class ForwardingReplayCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      required = true,
      description = "Which destination.")
  private String destination = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only this dead letter; without it, all.")
  private String id = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Received at or after: 2026-03-01 or 2026-03-01T10:00:00Z, UTC.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Received before; written alike.")
  private @Nullable String to;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Of the period, only this source's events.")
  private @Nullable String source;

  ForwardingReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean period = from != null || to != null || source != null;
    if (period && (from == null || to == null || !id.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "a period takes --from and --to, and no --id");
    }
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      if (period) {
        landed(admin, Times.instant(spec, String.valueOf(from)));
      } else {
        long replayed = admin.replayDeadLetters(destination, id);
        print(replayed, "dead letter", "dead letters");
      }
    }
    return 0;
  }

  private void landed(AdminClient admin, Instant start) throws IOException, InterruptedException {
    String until = Times.instant(spec, String.valueOf(to)).toString();
    String next = start.toString();
    var queued = new AtomicLong();
    try (Progress _ =
        new Progress(
            context,
            spec.commandLine().getErr(),
            () -> String.format(Locale.ROOT, "%,d events queued", queued.get()))) {
      while (next != null) {
        Map<String, @Nullable String> query = new HashMap<>();
        query.put("from", next);
        query.put("to", until);
        query.put("source", source);
        JsonNode piece = admin.replayLanded(destination, query);
        queued.addAndGet(piece.path("queued").asLong());
        next = piece.path("next").asText(null);
        if (piece.path("full").asBoolean()) {
          throw new CommandFailure(
              "%,d events are queued and no more find room (forwarding.max-waiting); once fewer"
                      .formatted(queued.get())
                  + " wait, go on with --from "
                  + next);
        }
      }
    }
    print(queued.get(), "event", "events");
  }

  private void print(long number, String one, String many) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(number + " " + (number == 1 ? one + " is" : many + " are") + " sent again");
    out.flush();
  }
}
