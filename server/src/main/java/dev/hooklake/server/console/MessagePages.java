package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Messages and recipients: everything that happened to one of them.
public final class MessagePages implements ConsolePages {
  private final Timeline timeline;
  private final Audit audit;

  public MessagePages(Timeline timeline, Audit audit) {
    this.timeline = timeline;
    this.audit = audit;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Messages", "/messages", 'm'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/messages", request -> page(request)),
        PageRoute.get("/messages/{source}/{+delivery}", this::message),
        PageRoute.post("/recipients", this::recipient));
  }

  private static PageReply page(PageRequest request) {
    return PageReply.page("Messages", "messages.jte", request.byOperator());
  }

  private PageReply message(PageRequest request) throws IOException {
    String source = request.path("source");
    String delivery = request.path("delivery");
    Timeline.Entries entries = timeline.ofDelivery(source, delivery);
    return entries.entries().isEmpty()
        ? PageReply.notFound(
            "No event of a message " + delivery + " from " + source + " has landed.")
        : PageReply.page("Message", "message.jte", new Message(source, delivery, entries));
  }

  /// Whom it asks for comes in the body, so that it stands in no URL, and is not written down.
  private PageReply recipient(PageRequest request) throws IOException {
    String who = request.form().getOrDefault("who", "").strip();
    if (who.isEmpty()) {
      return PageReply.refused(400, "Give an address, a phone number or a customer's id.");
    }
    audit.record(request.caller(), "recipient.looked-up", "", "");
    return PageReply.fragment("timeline.jte", timeline.ofPerson(who));
  }

  /// One message.
  public record Message(String source, String delivery, Timeline.Entries timeline) {}
}
