package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.forwarding.Couriers;
import dev.hooklake.server.forwarding.DeadLetter;
import dev.hooklake.server.forwarding.DeadLetters;
import dev.hooklake.server.forwarding.DestinationReport;
import dev.hooklake.server.replay.ForwardingReplay;
import dev.hooklake.server.replay.ReplayRange;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Forwarding on the admin port: how destinations stand, what they did not take, and sending that
/// again.
public final class ForwardingRoutes {
  private static final int USUAL_LETTERS = 100;

  /// What is asked.
  public record Asked(Couriers couriers, ForwardingReplay replay) {}

  private final @Nullable Asked asked;
  private final Audit audit;

  /// @param asked null while there is no destination
  public ForwardingRoutes(@Nullable Asked asked, Audit audit) {
    this.asked = asked;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/api/v1/forwarding", this::list),
        AdminRoute.get("/api/v1/forwarding/dead-letters", this::deadLetters),
        new AdminRoute(Method.POST, "/api/v1/forwarding/{destination}/replay", this::replay),
        new AdminRoute(
            Method.POST, "/api/v1/forwarding/{destination}/replay-landed", this::replayLanded));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Answers.json(
        response,
        200,
        Map.of(
            "destinations", on().couriers().reports().stream().map(DestinationView::of).toList()));
  }

  private void deadLetters(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("destination", "limit"));
    int limit = query.number("limit").orElse(USUAL_LETTERS);
    if (limit < 1 || limit > DeadLetters.MOST_LETTERS) {
      throw RefusedRequest.malformed("limit is a number from 1 to " + DeadLetters.MOST_LETTERS);
    }
    List<DeadLetter> letters =
        on().couriers().deadLetters().list(query.text("destination").orElse(""), limit);
    Answers.json(
        response, 200, Map.of("deadLetters", letters.stream().map(DeadLetterView::of).toList()));
  }

  private void replay(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("id"));
    String destination = destination(request);
    Caller caller = Visitor.of(request).orElseThrow().caller();
    String id = query.text("id").orElse("");
    try (Audit.Begun begun = audit.begin(caller, "dead-letters.replayed", destination, id)) {
      int replayed = begun.carryOut(() -> on().couriers().deadLetters().replay(destination, id));
      Answers.json(response, 200, Map.of("replayed", replayed));
    }
  }

  private void replayLanded(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("from", "to", "source"));
    String destination = destination(request);
    ReplayRange range = range(query);
    Caller caller = Visitor.of(request).orElseThrow().caller();
    String span = range.from() + " to " + range.to();
    try (Audit.Begun begun = audit.begin(caller, "forwarding.replayed", destination, span)) {
      ForwardingReplay.Piece piece = on().replay().run(destination, range);
      begun.done();
      Answers.json(response, 200, PieceView.of(piece));
    } catch (IOException e) {
      Answers.error(response, 503, String.valueOf(e.getMessage()));
    }
  }

  private static ReplayRange range(RequestQuery query) {
    Instant from = query.time("from").orElseThrow(ForwardingRoutes::noPeriod);
    Instant to = query.time("to").orElseThrow(ForwardingRoutes::noPeriod);
    if (!from.isBefore(to)) {
      throw RefusedRequest.malformed("from is not before to");
    }
    return new ReplayRange(from, to, query.text("source").orElse(null));
  }

  private static RefusedRequest noPeriod() {
    return RefusedRequest.malformed("give from and to, such as 2026-03-01T10:00:00Z");
  }

  /// The destination that the path names.
  private String destination(ServerRequest request) {
    String destination = request.path().pathParameters().get("destination");
    if (!on().couriers().knows(destination)) {
      throw new RefusedRequest(404, "there is no destination of that name");
    }
    return destination;
  }

  private Asked on() {
    if (asked == null) {
      throw new RefusedRequest(
          409,
          "nothing is forwarded; give a destination in forwarding.destinations.<name>.url and"
              + " restart");
    }
    return asked;
  }

  /// A piece of a replay as the API shows it.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PieceView(int examined, int queued, @Nullable String next, boolean full) {
    static PieceView of(ForwardingReplay.Piece piece) {
      Instant next = piece.next();
      return new PieceView(
          piece.examined(), piece.queued(), next == null ? null : next.toString(), piece.full());
    }
  }

  /// A destination as the API shows it.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DestinationView(
      String name,
      String origin,
      long waiting,
      long dead,
      @Nullable String oldestWaitingAt,
      String breaker,
      long delivered,
      @Nullable String lastFailure) {
    static DestinationView of(DestinationReport report) {
      return new DestinationView(
          report.name(),
          report.origin(),
          report.waiting(),
          report.dead(),
          report.oldestWaitingAt() == null ? null : report.oldestWaitingAt().toString(),
          report.breaker(),
          report.delivered(),
          report.lastFailure());
    }
  }

  /// A dead letter without what is in it.
  record DeadLetterView(
      String destination,
      String id,
      String source,
      String eventKey,
      int attempts,
      String queuedAt,
      String reason) {
    static DeadLetterView of(DeadLetter letter) {
      return new DeadLetterView(
          letter.destination(),
          letter.id(),
          letter.source(),
          letter.eventKey(),
          letter.attempts(),
          letter.queuedAt().toString(),
          letter.reason());
    }
  }
}
