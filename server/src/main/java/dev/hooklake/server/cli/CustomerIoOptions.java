package dev.hooklake.server.cli;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.server.customerio.Webhooks;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which Customer.io source is meant, and so whose API is asked.
final class CustomerIoOptions {
  private static final double REQUESTS_PER_SECOND = 8;

  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source's name; default: ${DEFAULT-VALUE}.",
      defaultValue = "customerio")
  private String source = "";

  Installation installation(CommandContext context) throws IOException {
    return installation.in(context);
  }

  String source() {
    return source;
  }

  ProviderAccess access(CommandContext context) throws IOException {
    return installation.in(context).customerIoApis().stream()
        .filter(access -> access.source().equals(source))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                "there is no App API key of "
                    + source
                    + "; set CUSTOMERIO_APP_API_KEY, or providers."
                    + source
                    + ".api-key in the settings"));
  }

  CustomerIoApi api(CommandContext context) throws IOException {
    ProviderAccess access = access(context);
    return CustomerIoApi.of(
        access.api(),
        access.key(),
        Pace.perSecond(REQUESTS_PER_SECOND, Pauses.real()),
        context.clock());
  }

  Webhooks webhooks(CommandContext context) throws IOException {
    return new Webhooks(source, access(context).path(), api(context));
  }

  /// What cannot be verified is refused, and that holds Customer.io's queue up.
  void requireSigningKey(CommandContext context) throws IOException {
    boolean known =
        installation.in(context).sources().stream()
            .anyMatch(each -> each.name().equals(source) && each.provider() != null);
    if (!known) {
      throw new CommandFailure(webhooks(context).keyUnknown());
    }
  }

  /// The value, or the reason in the words of someone who can do something about it.
  static <T> T given(Answer<T> answer) {
    return switch (answer) {
      case Answer.Given<T>(T value) -> value;
      case Answer.Failed<T>(Failure.Denied denied) ->
          throw new CommandFailure(
              denied.message()
                  + "; is it an App API key, of this region (CUSTOMERIO_REGION), with the scope for"
                  + " this and without a list of addresses that leaves this machine out?");
      case Answer.Failed<T>(Failure why) -> throw new CommandFailure(why.message());
    };
  }
}
