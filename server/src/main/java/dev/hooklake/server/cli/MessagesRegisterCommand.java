package dev.hooklake.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Registers one message, or a file of them.
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Register an outgoing message, or a file of them.",
      "",
      "Registering a message again adds what was missing, such as an external id, and changes"
          + " nothing else."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all are registered",
      "1:one contradicts what is registered, or they could not be registered",
      "2:wrong usage"
    },
    footer = {
      "",
      "Example: hooklake messages register --id 42 --channel sms --recipient +14155550142"
          + " --external-id twilio:SM123"
    })
final class MessagesRegisterCommand implements Callable<Integer> {
  private static final int MOST_IN_ONE_CALL = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private What what = new What();

  private long registered;
  private long refused;
  private long lines;

  MessagesRegisterCommand(CommandContext context) {
    this.context = context;
  }

  /// One or the other.
  static final class What {
    @ArgGroup(exclusive = false)
    private @Nullable MessageOptions message;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "One message a line, as JSON like the admin API's; - is standard input.")
    private @Nullable String file;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = new Progress(context, spec.commandLine().getErr(), this::progress)) {
      return what.file == null
          ? one(admin, Objects.requireNonNull(what.message).json(JSON.createObjectNode()))
          : file(admin, what.file);
    }
  }

  private String progress() {
    return String.format(Locale.ROOT, "%,d messages registered", registered);
  }

  private int one(AdminClient admin, JsonNode message) throws IOException, InterruptedException {
    JsonNode outcome = admin.register(message).getFirst();
    PrintWriter out = spec.commandLine().getOut();
    out.println(MessageText.text(outcome, "outcome"));
    out.flush();
    return refusal(outcome, "") ? 1 : 0;
  }

  private int file(AdminClient admin, String name) throws IOException, InterruptedException {
    try (BufferedReader in = LineInput.open(name)) {
      ArrayNode some = JSON.createArrayNode();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines++;
        some.add(parsed(line));
        if (some.size() == MOST_IN_ONE_CALL) {
          register(admin, some);
          some.removeAll();
        }
      }
      register(admin, some);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,d registered, %,d refused%n", registered, refused);
    out.flush();
    return refused == 0 ? 0 : 1;
  }

  private void register(AdminClient admin, ArrayNode some)
      throws IOException, InterruptedException {
    if (some.isEmpty()) {
      return;
    }
    long line = lines - some.size();
    for (JsonNode outcome : admin.register(some)) {
      line++;
      if (refusal(outcome, "line " + line + ": ")) {
        refused++;
      } else {
        registered++;
      }
    }
  }

  private boolean refusal(JsonNode outcome, String place) {
    boolean isOne = outcome.path("outcome").asText().equals("refused");
    if (isOne) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(place + MessageText.text(outcome, "reason"));
      err.flush();
    }
    return isOne;
  }

  /// The server tells what else is wrong with it.
  private JsonNode parsed(String line) {
    try {
      JsonNode message = JSON.readTree(line);
      if (message.isObject()) {
        return message;
      }
    } catch (JsonProcessingException e) {
      // Told below, without the line: it is about a person.
    }
    throw new CommandFailure(
        "line "
            + lines
            + " is no JSON object; "
            + registered
            + " messages before it are registered, mend it and run the same file again");
  }
}
