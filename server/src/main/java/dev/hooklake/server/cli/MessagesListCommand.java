package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Lists messages, newest first.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List messages, newest first; with --recipient a person's timeline across all providers.",
      "",
      "Times are UTC: 2026-03-01 or 2026-03-01T10:00:00Z."
    },
    footer = {"", "Example: hooklake messages list --status failed --from 2026-03-01"})
final class MessagesListCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description = "An email address or phone number, in any usual writing.")
  private @Nullable String recipient;

  @Option(names = "--user", paramLabel = "ID", description = "The user id given at registration.")
  private @Nullable String user;

  @Option(names = "--type", paramLabel = "TYPE", description = "The message type given then.")
  private @Nullable String type;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "For example email, sms or whatsapp.")
  private @Nullable String channel;

  @Option(
      names = "--status",
      paramLabel = "NAME",
      description = "For example sent, delivered or failed.")
  private @Nullable String status;

  @Option(names = "--from", paramLabel = "TIME", description = "Created at or after.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Created before.")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int limit;

  @Option(names = "--json", description = "One message a line, as JSON.")
  private boolean json;

  MessagesListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "give at least 1 as --limit");
    }
    Map<String, @Nullable String> query = query();
    Installation hooklake = installation.in(context);
    List<JsonNode> messages = new ArrayList<>();
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      boolean more = true;
      while (more && messages.size() < limit) {
        query.put("limit", String.valueOf(Math.min(PAGE, limit - messages.size())));
        JsonNode page = admin.messages(query);
        page.path("messages").forEach(messages::add);
        query.put("after", page.path("next").textValue());
        more = page.has("next");
      }
    }
    print(messages);
    return 0;
  }

  private Map<String, @Nullable String> query() {
    Map<String, @Nullable String> query = new HashMap<>();
    query.put("recipient", recipient);
    query.put("userId", user);
    query.put("messageType", type);
    query.put("channel", channel);
    query.put("status", status);
    query.put("createdFrom", from == null ? null : Times.instant(spec, from).toString());
    query.put("createdTo", to == null ? null : Times.instant(spec, to).toString());
    return query;
  }

  private void print(List<JsonNode> messages) {
    if (json) {
      messages.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return;
    }
    var table = new TablePrinter(spec.commandLine().getOut());
    table.columns(List.of("message", "channel", "recipient", "status", "since", "created"));
    for (JsonNode one : messages) {
      table.row(
          List.of(
              MessageText.text(one, "id"),
              MessageText.text(one, "channel"),
              MessageText.text(one, "recipient"),
              MessageText.text(one, "status"),
              MessageText.text(one, "statusAt"),
              MessageText.text(one, "createdAt")));
    }
    table.end();
  }
}
