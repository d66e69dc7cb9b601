package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SignedPost;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Sends one event as the provider would.
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Sign one event as its provider would, send it, print status and answer.",
      "",
      "The signing secret comes from the settings. A file is sent byte for byte; to Twilio, one that"
          + " begins with [ or { goes as Event Streams send it, any other as a form. Sending the same"
          + " event twice shows what a duplicate is answered.",
      "",
      "Without --source it goes to the source of the sample's provider, else to the only source."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:answered 2xx", "1:answered otherwise, or not at all", "2:wrong usage"})
final class SendCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--source", paramLabel = "NAME", description = "The name of a configured source.")
  private @Nullable String source;

  @ArgGroup private Body body = new Body();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Default: this Hooklake's public port.")
  private @Nullable URI url;

  SendCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    InstalledSource receiver = new Senders(hooklake.sources()).one(source, body.type());
    Sender usual = Senders.playable(receiver);
    Sender sender = url == null ? usual : usual.to(url);
    SimulatedEvent event = sender.provider().event(body.read(receiver.type()));
    Instant begun = context.clock().instant();
    HttpResponse<String> answer = post(sender, event, begun);
    PrintWriter out = spec.commandLine().getOut();
    Duration took = Duration.between(begun, context.clock().instant());
    out.println("HTTP " + answer.statusCode() + " after " + Durations.text(took));
    out.println(answer.body());
    out.flush();
    return answer.statusCode() / 100 == 2 ? 0 : 1;
  }

  private static HttpResponse<String> post(Sender sender, SimulatedEvent event, Instant at)
      throws InterruptedException {
    try {
      return SignedPost.send(sender, event, at, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure(
          "no answer from "
              + sender.url()
              + " ("
              + e.getClass().getSimpleName()
              + "); is the server up?",
          e);
    }
  }

  /// One of the two says what to send.
  static final class Body {
    @Option(names = "--file", paramLabel = "FILE", description = "The body to send.")
    private @Nullable Path file;

    @Option(
        names = "--sample",
        paramLabel = "NAME",
        description = {
          "A sample that comes with Hooklake: ${COMPLETION-CANDIDATES}.",
          "Default: a delivered message."
        },
        completionCandidates = Samples.Names.class)
    private @Nullable String sample;

    /// Whose webhook it is; null when that is not said.
    @Nullable String type() {
      return sample == null ? null : Samples.type(sample);
    }

    Payload read(String type) throws IOException {
      if (file != null) {
        return Payload.wrap(Files.readAllBytes(file));
      }
      return Samples.named(sample == null ? Samples.usual(type) : sample);
    }
  }
}
