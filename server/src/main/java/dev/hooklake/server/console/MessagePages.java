package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.tracking.ExternalId;
import dev.hooklake.server.tracking.Message;
import dev.hooklake.server.tracking.MessageFilter;
import dev.hooklake.server.tracking.MessagePage;
import dev.hooklake.server.tracking.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages and recipients: everything that happened to one of them, whichever provider told it.
public final class MessagePages implements ConsolePages {
  private static final int NEWEST = 20;
  private static final int LONGEST_ID = 250;

  /// Where they look.
  ///
  /// @param tracked null while tracking is off
  /// @param sources by name
  public record Parts(
      Timeline timeline, @Nullable Messages tracked, List<String> sources, Audit audit) {
    public Parts {
      sources = List.copyOf(sources);
    }
  }

  private final Parts parts;

  public MessagePages(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Messages", "/messages", 'm'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/messages", this::page),
        PageRoute.get("/messages/{source}/{+delivery}", this::message),
        PageRoute.get("/tracked-messages/{+id}", this::tracked),
        PageRoute.get("/tracked-recipient/{+id}", this::trackedRecipient),
        PageRoute.post("/recipients", this::recipient));
  }

  /// With an id of a message it leads to that message.
  private PageReply page(PageRequest request) throws IOException {
    String id = request.query("id");
    Optional<String> path = id.isEmpty() ? Optional.empty() : pathOf(id);
    if (path.isPresent()) {
      return new PageReply.Redirect(path.get());
    }
    Messages tracked = parts.tracked();
    MessagePage newest =
        tracked == null
            ? null
            : tracked.list(MessageFilter.ALL, new MessagePage.Request(NEWEST, null));
    return PageReply.page(
        "Messages",
        "messages.jte",
        new Model(
            newest == null ? List.of() : newest.messages(),
            tracked != null,
            id,
            request.byOperator()));
  }

  /// Registered under it, registered with it as a provider's id, or only seen in events.
  private Optional<String> pathOf(String id) throws IOException {
    if (id.length() > LONGEST_ID) {
      return Optional.empty();
    }
    Messages tracked = parts.tracked();
    if (tracked != null) {
      Optional<Message> ours = tracked.find(id);
      for (String source : parts.sources()) {
        ours = ours.isPresent() ? ours : tracked.find(new ExternalId(source, id));
      }
      if (ours.isPresent()) {
        return Optional.of("/tracked-messages/" + Show.segment(ours.get().id()));
      }
    }
    return parts
        .timeline()
        .sourceOf(id)
        .map(source -> "/messages/" + Show.segment(source) + "/" + Show.segment(id));
  }

  private PageReply message(PageRequest request) throws IOException {
    String source = request.path("source");
    String delivery = request.path("delivery");
    Timeline.Entries entries = parts.timeline().ofDelivery(source, delivery);
    if (entries.entries().isEmpty()) {
      return PageReply.notFound(
          "No event of a message " + delivery + " from " + source + " has landed.");
    }
    Messages tracked = parts.tracked();
    String ours =
        tracked == null || source.length() + delivery.length() > LONGEST_ID
            ? ""
            : tracked.find(new ExternalId(source, delivery)).map(Message::id).orElse("");
    return PageReply.page("Message", "message.jte", new Seen(source, delivery, ours, entries));
  }

  private PageReply tracked(PageRequest request) throws IOException {
    Optional<Message> message = registered(request);
    return message.isEmpty()
        ? PageReply.notFound("No such message is registered.")
        : PageReply.page(
            "Message",
            "trackedMessage.jte",
            new TrackedMessage(
                message.get(), parts.timeline().ofDeliveries(message.get().externalIds())));
  }

  /// What else happened to whoever it was sent to; their address stays here.
  private PageReply trackedRecipient(PageRequest request) throws IOException {
    String recipient = registered(request).map(Message::recipient).orElse("");
    return recipient.isEmpty()
        ? PageReply.fragment(
            "note.jte", new Note("info", "The message was registered without a recipient.", ""))
        : person(recipient);
  }

  private Optional<Message> registered(PageRequest request) {
    Messages tracked = parts.tracked();
    String id = request.path("id");
    return tracked == null ? Optional.empty() : tracked.find(id);
  }

  /// Whom it asks for comes in the body, so that it stands in no URL, and is not written down.
  private PageReply recipient(PageRequest request) throws IOException {
    String who = request.form().getOrDefault("who", "").strip();
    if (who.isEmpty()) {
      return PageReply.refused(400, "Give an address, a phone number or a customer's id.");
    }
    parts.audit().record(request.caller(), "recipient.looked-up", "", "");
    return person(who);
  }

  private PageReply person(String who) throws IOException {
    Messages tracked = parts.tracked();
    List<Message> sent =
        tracked == null
            ? List.of()
            : tracked.list(MessageFilter.to(who), new MessagePage.Request(NEWEST, null)).messages();
    return PageReply.fragment("recipient.jte", new Recipient(sent, parts.timeline().ofPerson(who)));
  }

  /// The page.
  ///
  /// @param newest registered messages
  /// @param asked an id that was looked for and not found; empty when none was
  public record Model(List<Message> newest, boolean tracking, String asked, boolean operator) {}

  /// A message as its events tell of it.
  ///
  /// @param ours the id it is registered under; empty when it is not
  public record Seen(String source, String delivery, String ours, Timeline.Entries timeline) {}

  /// What went to one person: registered messages, and all events.
  public record Recipient(List<Message> sent, Timeline.Entries timeline) {}
}
