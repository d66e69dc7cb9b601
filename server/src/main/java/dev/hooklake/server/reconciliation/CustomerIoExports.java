package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.DeliveriesExport;
import dev.hooklake.providers.customerio.ExportState;
import dev.hooklake.server.forwarding.FileDownload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Has Customer.io export deliveries, waits until that is done, and fetches the file.
///
/// @param local whether the API itself is on this machine; only then a link may lead here
public record CustomerIoExports(
    CustomerIoApi api, boolean local, Pauses pauses, InstantSource clock) {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofHours(2);
  private static final Duration DOWNLOAD_TIME = Duration.ofMinutes(30);
  private static final int DOWNLOADS = 3;

  /// Asks for an export of what was created from `from` on and before `to`.
  Answer<ExportState> order(ExportPart part, Instant from, Instant to) throws InterruptedException {
    var of = DeliveriesExport.Of.valueOf(part.of().name());
    return api.createExport(new DeliveriesExport(of, part.id(), from, to));
  }

  /// Waits until it is done.
  Answer<ExportState> made(long id) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration wait = FIRST_WAIT;
    while (true) {
      Answer<ExportState> answer = api.export(id);
      if (!(answer instanceof Answer.Given<ExportState>(ExportState state))) {
        return answer;
      }
      switch (state.status()) {
        case DONE -> {
          return answer;
        }
        case FAILED -> {
          return failed("Customer.io could not make export " + id);
        }
        case PENDING -> {
          if (waited.compareTo(PATIENCE) > 0) {
            return failed("export " + id + " was not made within " + PATIENCE.toHours() + " hours");
          }
          pauses.pause(wait);
          waited = waited.plus(wait);
          wait =
              wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                  ? LONGEST_WAIT
                  : wait.multipliedBy(2);
        }
      }
    }
  }

  private static Answer<ExportState> failed(String why) {
    return Answer.failed(new Failure.Unavailable(why + "; ask for the backfill again"));
  }

  /// Fetches the file; each try by a new link, since one is good for 15 minutes only.
  ///
  /// @param room how many bytes it may have
  Answer<Path> fetch(long id, Path to, long room) throws InterruptedException {
    var limits = new FileDownload.Limits(room, DOWNLOAD_TIME, local);
    String why = "";
    for (int tried = 0; tried < DOWNLOADS; tried++) {
      if (tried > 0) {
        pauses.pause(FIRST_WAIT);
      }
      Answer<URI> link = api.exportLink(id);
      if (link instanceof Answer.Failed<URI>(Failure failure)) {
        return Answer.failed(failure);
      }
      try {
        FileDownload.fetch(link.orThrow(), to, limits, clock);
        return Answer.given(to);
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          // The server ends: the next one fetches it.
          throw new InterruptedException("the server ends");
        }
        why = String.valueOf(e.getMessage());
      }
    }
    return Answer.failed(
        new Failure.Unavailable("the file of export " + id + " cannot be fetched: " + why));
  }
}
