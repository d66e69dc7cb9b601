package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.reconciliation.ExportFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Of Customer.io: a file of deliveries instead of its list of messages.
final class ExportOptions {
  /// No message of Customer.io is older.
  private static final LocalDate BEGINNING = LocalDate.of(2012, 1, 1);

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable Part part;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description =
          "Of a file without a column for it: email, sms, push, in_app, whatsapp, slack or webhook.")
  private @Nullable String channel;

  /// Of what.
  static final class Part {
    @Option(
        names = "--campaign",
        paramLabel = "ID",
        description =
            "Have Customer.io export the deliveries of this campaign, and read the file; at most"
                + " twelve months.")
    private @Nullable Long campaign;

    @Option(names = "--newsletter", paramLabel = "ID", description = "The same of a newsletter.")
    private @Nullable Long newsletter;

    @Option(
        names = "--transactional",
        paramLabel = "ID",
        description = "The same of a transactional message; its events then name it.")
    private @Nullable Long transactional;

    @Option(names = "--action", paramLabel = "ID", description = "The same of a workflow action.")
    private @Nullable Long action;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "Read a file of deliveries that was downloaded from Customer.io, of all days unless"
                + " --from or --to is given.")
    private @Nullable Path file;
  }

  /// Whether a file is read.
  boolean given() {
    return part != null;
  }

  LocalDate beginning(LocalDate otherwise) {
    return part != null && part.file != null ? BEGINNING : otherwise;
  }

  /// Adds what was given to a wish; a file is copied to where the server finds it.
  void addTo(ObjectNode wish, Path data) throws IOException {
    Part of = part;
    if (of == null) {
      if (channel != null) {
        throw new CommandFailure("--channel belongs to a file or an export; give one of them too");
      }
      return;
    }
    ObjectNode export = wish.putObject("export");
    put(export, "campaign", of.campaign);
    put(export, "newsletter", of.newsletter);
    put(export, "transactional", of.transactional);
    put(export, "action", of.action);
    if (of.file != null) {
      export.put("of", "file").put("file", copied(of.file, data));
    }
    if (channel != null) {
      export.put("channel", channel);
    }
  }

  /// Deletes the copy of a file that the server did not take.
  void withdraw(ObjectNode wish, Path data) throws IOException {
    String copy = wish.path("export").path("file").asText();
    if (!copy.isEmpty()) {
      ExportFolder.in(data).withdraw(copy);
    }
  }

  private static String copied(Path file, Path data) {
    try {
      return ExportFolder.in(data).add(file);
    } catch (IOException e) {
      throw new CommandFailure("cannot hand " + file + " to the server: " + e.getMessage());
    }
  }

  private static void put(ObjectNode export, String of, @Nullable Long id) {
    if (id != null) {
      export.put("of", of).put("id", id);
    }
  }
}
