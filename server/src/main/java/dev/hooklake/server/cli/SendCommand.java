package dev.hooklake.server.cli;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
      "The signing secret comes from the settings (CUSTOMERIO_WEBHOOK_SECRET). A file is sent byte"
          + " for byte. Sending the same event twice shows what a duplicate is answered."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:answered 2xx", "1:answered otherwise, or not at all", "2:wrong usage"})
final class SendCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String DEFAULT_SAMPLE = "email-delivered";

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Whose webhook it is: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "customerio")
  private Provider source = Provider.customerio;

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
    Payload payload = body.read();
    Instant begun = context.clock().instant();
    Headers headers =
        switch (source) {
          case customerio -> signer(hooklake).sign(payload, begun);
        };
    HttpResponse<String> answer = post(url == null ? hooklake.webhookUrl() : url, headers, payload);
    PrintWriter out = spec.commandLine().getOut();
    Duration took = Duration.between(begun, context.clock().instant());
    out.println("HTTP " + answer.statusCode() + " after " + Durations.text(took));
    out.println(answer.body());
    out.flush();
    return answer.statusCode() / 100 == 2 ? 0 : 1;
  }

  static CustomerIoSigner signer(Installation hooklake) {
    if (hooklake.customerIoSecrets().isEmpty()) {
      throw new CommandFailure(
          "no signing secret is configured; set CUSTOMERIO_WEBHOOK_SECRET to the receiver's");
    }
    return new CustomerIoSigner(hooklake.customerIoSecrets().getFirst());
  }

  private static HttpResponse<String> post(URI url, Headers headers, Payload payload)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(payload.unsafeBytes()));
    headers.values().forEach((name, values) -> values.forEach(v -> request.header(name, v)));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure(
          "no answer from " + url + " (" + e.getClass().getSimpleName() + "); is the server up?",
          e);
    }
  }

  /// Providers whose signature can be made; the names are what people type.
  enum Provider {
    customerio
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
          "Default: " + DEFAULT_SAMPLE + "."
        },
        completionCandidates = Samples.Names.class)
    private @Nullable String sample;

    Payload read() throws IOException {
      if (file != null) {
        return Payload.wrap(Files.readAllBytes(file));
      }
      return Samples.named(sample == null ? DEFAULT_SAMPLE : sample);
    }
  }
}
