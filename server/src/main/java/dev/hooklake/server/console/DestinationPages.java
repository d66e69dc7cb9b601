package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.forwarding.Couriers;
import dev.hooklake.server.forwarding.DeadLetter;
import dev.hooklake.server.forwarding.DeadLetters;
import dev.hooklake.server.forwarding.DestinationReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where events are sent on to: how each destination stands, what it did not take, and sending that
/// again.
public final class DestinationPages implements ConsolePages {
  private static final int LETTERS = 50;

  private final @Nullable Couriers couriers;
  private final Audit audit;
  private final InstantSource clock;

  /// @param couriers null while there is no destination
  public DestinationPages(@Nullable Couriers couriers, Audit audit, InstantSource clock) {
    this.couriers = couriers;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.DATA, "Destinations", "/destinations", 'w'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/destinations", this::page),
        PageRoute.post("/destinations/{name}/replay", this::replay));
  }

  private PageReply page(PageRequest request) {
    return PageReply.page(
        "Destinations",
        "destinations.jte",
        new Model(
            couriers == null ? List.of() : couriers.reports(),
            couriers == null ? List.of() : couriers.deadLetters().list("", LETTERS),
            clock.instant(),
            request.byOperator()));
  }

  private PageReply replay(PageRequest request) {
    String name = request.path("name");
    if (couriers == null || !couriers.knows(name)) {
      return PageReply.refused(404, "There is no destination of that name.");
    }
    int replayed = replay(couriers.deadLetters(), name, request);
    return PageReply.fragment(
        "note.jte",
        new Note(
            "good",
            Show.count(replayed, "dead letter is", "dead letters are") + " sent again.",
            ""));
  }

  private int replay(DeadLetters letters, String name, PageRequest request) {
    try (Audit.Begun begun = audit.begin(request.caller(), "dead-letters.replayed", name, "")) {
      return begun.carryOut(() -> letters.replay(name, ""));
    }
  }

  /// The page.
  public record Model(
      List<DestinationReport> destinations,
      List<DeadLetter> letters,
      Instant now,
      boolean operator) {

    /// How a destination's state is coloured.
    public String kind(DestinationReport one) {
      return one.breaker().equals("closed") ? "good" : "bad";
    }

    public String state(DestinationReport one) {
      return one.breaker().equals("closed") ? "takes events" : "left alone for a while";
    }
  }
}
