package dev.hooklake.server.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.providers.twilio.TwilioMessage;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Origin;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A message of Twilio, and the callback that should have told of its present status.
///
/// An event made from it is a callback's form with the very key of that callback, so that the two
/// are one event whichever comes first.
record TwilioListed(String source, TwilioMessage message) implements ListedMessage {
  /// Statuses that no callback is sent for, or not for good.
  private static final Set<String> UNDER_WAY =
      Set.of("accepted", "scheduled", "queued", "sending", "receiving");

  @Override
  public Channel channel() {
    String person = message.inbound() ? message.from() : message.to();
    return person != null && person.toLowerCase(Locale.ROOT).startsWith("whatsapp:")
        ? Channel.WHATSAPP
        : Channel.SMS;
  }

  @Override
  public String deliveryId() {
    return message.sid();
  }

  @Override
  public Parent parent() {
    return Parent.NONE;
  }

  @Override
  public Instant created() {
    return message.created();
  }

  /// The present status only: the list does not say which others there were, or when.
  @Override
  public List<Fact> facts() {
    String status = message.status();
    if (status.isEmpty() || UNDER_WAY.contains(status)) {
      return List.of();
    }
    String metric = status.equals("read") ? "opened" : status;
    Instant at = Objects.requireNonNullElse(message.updated(), message.created());
    return List.of(new Fact(metric, Doer.ANYONE, at));
  }

  @Override
  public SourceEvent event(Fact fact, Instant fetchedAt) {
    String error = message.errorCode();
    var form = new Form();
    form.put(message.inbound() ? "SmsStatus" : "MessageStatus", message.status());
    form.put("MessageSid", message.sid());
    form.put("AccountSid", message.accountSid());
    form.put("From", message.from());
    form.put("To", message.to());
    form.put("ErrorCode", error);
    form.put("ErrorMessage", message.errorMessage());
    form.put("NumSegments", message.segments());
    form.put("Price", message.price());
    form.put("PriceUnit", message.price() == null ? null : message.priceUnit());
    form.put("Body", message.inbound() ? message.body() : null);
    form.put("DateUpdated", fact.at().toString());
    return new SourceEvent(
        source,
        message.sid() + ":" + message.status() + (error == null ? "" : ":" + error),
        fetchedAt,
        Origin.backfillPath("/2010-04-01/Accounts/Messages.json"),
        Headers.NONE,
        "application/x-www-form-urlencoded",
        Payload.of(form.text()));
  }

  private static final class Form {
    private final StringJoiner pairs = new StringJoiner("&");

    void put(String name, @Nullable String value) {
      if (value != null && !value.isEmpty()) {
        pairs.add(name + "=" + URLEncoder.encode(value, UTF_8));
      }
    }

    String text() {
      return pairs.toString();
    }
  }
}
