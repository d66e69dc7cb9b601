package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Lake;
import dev.hooklake.server.cli.AdminClient.NoServer;
import dev.hooklake.server.erasure.Erasure;
import dev.hooklake.server.erasure.ErasureReceipt;
import dev.hooklake.server.erasure.ErasureReceipts;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Source;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Takes a person out of everything.
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erase a person from journal, lake and every other store. It cannot be undone.",
      "",
      "Give every identifier by which the person is known; each may be given several times. Rows"
          + " that name one of them go, in whichever escape, and with them all rows of the same event, delivery"
          + " and lead. A running server does it when asked by this command; a stopped one's files are"
          + " changed directly. Run again, it changes nothing more."
    },
    footer = {
      "",
      "Example: hooklake erase --email - --phone +5511912345678 --now",
      "reads the address from standard input, where no list of processes shows it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:erased; a receipt without values is in the data directory",
      "1:failed, or not complete yet; the message says what to do",
      "2:wrong usage"
    })
final class EraseCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 300;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();
  @Mixin private PersonOptions identifiers = new PersonOptions();

  @Option(
      names = "--now",
      description = {
        "Delete older versions of the tables at once, which still hold the person; else they go when"
            + " lake.maintenance.keep-versions has passed. Who reads an older version then fails."
      })
  private boolean now;

  EraseCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Person person = identifiers.person();
    Installation hooklake = installation.in(context);
    var text = new ErasureText(spec.commandLine().getOut());
    try (Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "erasing");
        var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      return text.print(askServer(admin, person));
    } catch (NoServer e) {
      // Its journal cannot be opened while a server holds it, so nothing is done behind its back.
    }
    try (Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "erasing")) {
      return text.print(erase(hooklake, person));
    }
  }

  private JsonNode askServer(AdminClient admin, Person person)
      throws IOException, InterruptedException {
    var done = new CountDownLatch(1);
    String id = admin.beginErasure(PersonOptions.json(person, now)).path("id").asText();
    JsonNode state = admin.erasure(id);
    while (state.path("state").asText().equals("running")) {
      if (done.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
      state = admin.erasure(id);
    }
    if (state.path("state").asText().equals("failed")) {
      throw new CommandFailure("the server could not: " + state.path("reason").asText());
    }
    return state.path("receipt");
  }

  private ErasureReceipt erase(Installation hooklake, Person person)
      throws IOException, InterruptedException {
    JournalText.requireJournal(hooklake.journal().directory());
    var receipts = new ErasureReceipts(hooklake.data().resolve("erasures"));
    try (ErasableStores stores = ErasableStores.of(hooklake);
        EmbeddedJournal journal =
            EmbeddedJournal.open(hooklake.journal(), new FileDisk(), context.clock());
        Lake lake = Lake.openExisting(hooklake.lake(), journal.id(), context.clock())) {
      var places =
          new Erasure.Places(
              new Erasure.Records(
                  journal, decoder(hooklake), hooklake.journal().directory().resolve("damaged")),
              lake,
              stores.all(),
              hooklake.maintenance(),
              receipts.unfinished());
      ErasureReceipt receipt =
          Erasure.alone(places, context.clock()).erase(UUID.randomUUID(), person, now);
      receipts.keep(receipt);
      return receipt;
    }
  }

  private static RecordDecoder decoder(Installation hooklake) {
    return new RecordDecoder(
        hooklake.decoders().stream().collect(Collectors.toMap(Source::name, Function.identity())));
  }
}
