package dev.hooklake.server.analytics;

import static dev.hooklake.server.analytics.DeliveryStory.story;
import static dev.hooklake.sources.event.Channel.CUSTOMER;
import static dev.hooklake.sources.event.Channel.EMAIL;
import static dev.hooklake.sources.event.Channel.IN_APP;
import static dev.hooklake.sources.event.Channel.LEAD;
import static dev.hooklake.sources.event.Channel.PUSH;
import static dev.hooklake.sources.event.Channel.SLACK;
import static dev.hooklake.sources.event.Channel.SMS;
import static dev.hooklake.sources.event.Channel.WHATSAPP;

import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The known data set: a few deliveries that together do everything that spoils reports. What each
/// view must answer is worked out by hand in `known/expected/*.csv`.
///
/// 2 March 2026 is a Monday. Days and hours below are UTC unless a time says otherwise.
final class KnownEvents {
  private static final String SHOP = "https://shop.example/a";
  private static final String NEWS = "https://shop.example/b";

  private KnownEvents() {}

  static List<Row> rows() {
    return Stream.of(
            campaignEmails(),
            halfToldEmails(),
            newsletters(),
            otherEmails(),
            texts(),
            otherChannels(),
            others())
        .flatMap(List::stream)
        .flatMap(story -> story.rows().stream())
        .toList();
  }

  /// Campaign 7, newsletter 9 with its second variant only, transactional message 3 and, of another
  /// source, campaign 7 again. Broadcast 5 has no name.
  static List<Row> names() {
    return List.of(
        name("customerio", "campaign", 7, "Welcome"),
        name("elsewhere", "campaign", 7, "Not this one"),
        name("customerio", "newsletter", 7, "Nor this one"),
        name("customerio", "newsletter", 9, "March news"),
        name("customerio", "content", 2, "Short"),
        name("customerio", "transactional", 3, "Receipt"));
  }

  private static Row name(String source, String kind, long id, String name) {
    return Row.in(Tables.NAMES)
        .set("kind", kind)
        .set("id", id)
        .set("parent_id", 0L)
        .set("name", name)
        .set("seen_at", Instant.parse("2026-03-05T03:15:00Z"))
        .set("source", source)
        .build();
  }

  private static DeliveryStory campaign(String name, String journey, String recipient) {
    return story(EMAIL, name)
        .of("campaign_id", 7L)
        .of("action_id", 71L)
        .of("journey_id", journey)
        .of("recipient", recipient);
  }

  private static List<DeliveryStory> campaignEmails() {
    return List.of(
        // Ana's mail system fetches it, then she opens it behind a proxy and clicks a link twice;
        // the first click is sent to us twice. She buys the next day.
        campaign("e1", "j-ana", "ana@gmail.com")
            .of("cio_id", "c-ana")
            .at("2026-03-02T09:00:00Z", "sent")
            .at("2026-03-02T09:00:05Z", "delivered")
            .at("2026-03-02T09:00:06Z", "opened", "prefetched")
            .at("2026-03-02T10:00:00Z", "opened", "proxied")
            .click("2026-03-02T10:01:00Z", 1, SHOP)
            .again()
            .click("2026-03-02T10:02:00Z", 1, SHOP)
            .at("2026-03-03T11:00:00Z", "converted"),
        // Monday evening in São Paulo is Tuesday in UTC. Machines open and click, Bea never does.
        campaign("e2", "j-bea", "bea@yahoo.com")
            .of("cio_id", "c-bea")
            .at("2026-03-02T23:30:00-03:00", "sent")
            .at("2026-03-02T23:30:10-03:00", "delivered")
            .at("2026-03-02T23:30:12-03:00", "opened", "prefetched")
            .click("2026-03-02T23:30:40-03:00", 1, SHOP, "machine"),
        // Tuesday in Tokyo is Monday in UTC. A scanner nobody flagged follows both links 5 and 9
        // seconds after the delivery, and the provider deduces an open from it.
        campaign("e3", "j-cid", "cid@outlook.com")
            .of("cio_id", "c-cid")
            .at("2026-03-03T00:30:00+09:00", "sent")
            .at("2026-03-03T00:30:20+09:00", "delivered")
            .at("2026-03-03T00:30:25+09:00", "opened", "synthetic")
            .click("2026-03-03T00:30:25+09:00", 1, SHOP)
            .click("2026-03-03T00:30:29+09:00", 2, NEWS),
        // Sent one second before midnight; everything else is on the next day, and it arrives in
        // reverse: the sent event comes last, two days late.
        campaign("e4", "j-dan", "dan@gmail.com")
            .of("cio_id", "c-dan")
            .at("2026-03-03T00:01:00Z", "unsubscribed")
            .at("2026-03-03T00:00:20Z", "opened")
            .at("2026-03-03T00:00:01Z", "delivered")
            .at("2026-03-02T23:59:59Z", "sent")
            .arriving("2026-03-05T06:00:00Z"));
  }

  private static List<DeliveryStory> halfToldEmails() {
    return List.of(
        campaign("e5", "j-eve", "eve@nowhere.example")
            .of("person_id", "p-eve")
            .at("2026-03-02T12:00:00Z", "sent")
            .failure("2026-03-02T12:00:03Z", "bounced", "550 5.1.1 User unknown"),
        // We know of it only by a click: nothing else was delivered to us. Her permanent id is
        // blank, as for people who were deleted.
        campaign("e6", "j-fay", "fay@icloud.com")
            .of("cio_id", "")
            .of("customer_id", "fay")
            .click("2026-03-04T08:00:00Z", 2, NEWS),
        campaign("e7", "j-gil", "gil@gmail.com")
            .of("cio_id", "c-gil")
            .failure("2026-03-02T12:30:00Z", "dropped", "address is suppressed"));
  }

  private static DeliveryStory newsletter(String name, String recipient) {
    return story(EMAIL, name).of("newsletter_id", 9L).of("recipient", recipient);
  }

  private static List<DeliveryStory> newsletters() {
    return List.of(
        newsletter("n1", "ana@gmail.com")
            .of("content_id", 1L)
            .of("cio_id", "c-ana")
            .at("2026-03-03T08:00:00Z", "sent")
            .at("2026-03-03T08:00:02Z", "delivered")
            .at("2026-03-03T08:00:50Z", "opened")
            .at("2026-03-03T09:00:00Z", "opened"),
        newsletter("n2", "bea@yahoo.com")
            .of("content_id", 2L)
            .of("cio_id", "c-bea")
            .at("2026-03-03T08:00:00Z", "sent")
            .at("2026-03-03T08:00:02Z", "delivered")
            .at("2026-03-03T08:10:00Z", "spammed"),
        // Opened 25 hours after it was sent.
        newsletter("n3", "ivy@corp.example")
            .of("content_id", 2L)
            .of("cio_id", "c-ivy")
            .at("2026-03-03T08:00:00Z", "sent")
            .at("2026-03-03T08:00:03Z", "delivered")
            .at("2026-03-04T09:00:00Z", "opened"),
        newsletter("n4", "jon@corp.example")
            .of("cio_id", "c-jon")
            .failure("2026-03-03T08:00:01Z", "attempted", "451 4.4.1 connection timed out")
            .at("2026-03-03T08:05:00Z", "sent")
            .failure("2026-03-03T08:05:10Z", "bounced", "could not be delivered")
            .and("bounce_type", "Transient")
            .and("bounce_subtype", "MailboxFull"));
  }

  private static List<DeliveryStory> otherEmails() {
    return List.of(
        // Another provider uses the same delivery id as the first mail above, and its own words.
        story(EMAIL, "e1")
            .of("source", "mailer")
            .of("recipient", "Hal <HAL@Example.com>")
            .at("2026-03-03T10:00:00Z", "sent")
            .and("event_id", "r1")
            .at("2026-03-03T10:00:04Z", "delivered")
            .and("event_id", "r2")
            .at("2026-03-04T10:00:00Z", "complained")
            .and("event_id", "r3"),
        story(EMAIL, "x1")
            .of("transactional_message_id", 3L)
            .of("cio_id", "c-ana")
            .of("recipient", "ana@gmail.com")
            .at("2026-03-04T07:00:00Z", "sent")
            .at("2026-03-04T07:00:01Z", "delivered")
            .at("2026-03-04T07:00:31Z", "opened"),
        // Names nobody, and no delivery was reported.
        story(EMAIL, "x2").of("transactional_message_id", 3L).at("2026-03-04T07:00:00Z", "sent"),
        // A day on which nothing was sent: every rate of it is null.
        story(EMAIL, "x3")
            .of("transactional_message_id", 3L)
            .of("cio_id", "c-ana")
            .of("recipient", "ana@gmail.com")
            .at("2026-03-05T07:00:00Z", "drafted"));
  }

  private static DeliveryStory text(String name, String number) {
    return story(SMS, name)
        .of("broadcast_id", 5L)
        .of("trigger_id", 501L)
        .of("action_id", 51L)
        .of("recipient", number);
  }

  private static List<DeliveryStory> texts() {
    return List.of(
        text("t1", "+14155550101")
            .of("cio_id", "c-kim")
            .at("2026-03-02T10:00:00Z", "sent")
            .at("2026-03-02T10:00:09Z", "delivered")
            // Four seconds are not hasty on a telephone; the rule is for e-mail.
            .click("2026-03-02T10:00:13Z", 1, SHOP)
            .at("2026-03-02T10:05:00Z", "replied"),
        text("t2", "+351910000001")
            .of("cio_id", "c-lea")
            .at("2026-03-02T10:00:00Z", "sent")
            .failure("2026-03-02T10:00:30Z", "bounced", "30003 Unreachable destination handset"),
        text("t3", "+4915100000001")
            .of("cio_id", "c-mia")
            .failure("2026-03-02T10:00:00Z", "failed", "Error 21610: recipient opted out"),
        story(SMS, "t4")
            .of("source", "twilio")
            .of("recipient", "+14155550102")
            .at("2026-03-02T11:00:00Z", "sent")
            .at("2026-03-02T11:00:05Z", "undelivered")
            .and("error_code", "30005"),
        // Kim writes to us: no delivery of ours.
        story(SMS, "t5")
            .of("source", "twilio")
            .of("recipient", "+14155550101")
            .at("2026-03-02T13:00:00Z", "received"));
  }

  private static List<DeliveryStory> otherChannels() {
    return List.of(
        // Pushed, opened and clicked within seconds by the owner of the telephone.
        story(PUSH, "p1")
            .of("campaign_id", 7L)
            .of("action_id", 72L)
            .of("journey_id", "j-ana")
            .of("cio_id", "c-ana")
            .at("2026-03-04T12:00:00Z", "sent")
            .at("2026-03-04T12:00:03Z", "opened")
            .click("2026-03-04T12:00:04Z", 1, SHOP),
        story(IN_APP, "a1")
            .of("campaign_id", 7L)
            .of("action_id", 73L)
            .of("journey_id", "j-ana")
            .of("cio_id", "c-ana")
            .at("2026-03-02T09:00:00Z", "sent")
            .at("2026-03-04T09:00:00Z", "opened"),
        story(IN_APP, "a2")
            .of("campaign_id", 7L)
            .of("action_id", 73L)
            .of("journey_id", "j-bea")
            .of("cio_id", "c-bea")
            .at("2026-03-02T09:00:00Z", "sent")
            .failure("2026-03-02T09:01:00Z", "failed", "device timeout"),
        story(WHATSAPP, "w1")
            .of("source", "chat")
            .of("recipient", "+14155550103")
            .at("2026-03-04T15:00:00Z", "sent")
            .at("2026-03-04T15:00:02Z", "delivered")
            .at("2026-03-04T15:10:00Z", "read"),
        story(SLACK, "s1")
            .of("recipient", "#general")
            .at("2026-03-04T16:00:00Z", "sent")
            .click("2026-03-04T16:00:30Z", 1, SHOP));
  }

  /// Events that are about no delivery.
  private static List<DeliveryStory> others() {
    return List.of(
        story(CUSTOMER, "c1")
            .of("delivery_id", null)
            .of("cio_id", "c-dan")
            .at("2026-03-03T00:01:00Z", "unsubscribed"),
        // A sending domain failed its check: an event of the e-mail table, but of no message.
        story(EMAIL, "domain")
            .of("source", "mailer")
            .of("object_type", "domain")
            .of("delivery_id", null)
            .at("2026-03-02T14:00:00Z", "failed"),
        lead("l1")
            .at("2026-03-03T12:00:00Z", "created")
            .and("status", "new")
            .at("2026-03-03T12:30:00Z", "updated")
            .and("status", "under_negotiation")
            .at("2026-03-04T12:00:00Z", "closed", "deal_done"),
        enrichment("l1").at("2026-03-03T12:00:40Z", "enriched"),
        lead("l2").at("2026-03-03T13:00:00Z", "created").and("status", "new"),
        enrichment("l2").at("2026-03-03T13:05:00Z", "nobody_found"),
        lead("l3").at("2026-03-03T14:00:00Z", "created").and("status", "new"));
  }

  private static DeliveryStory lead(String id) {
    return story(LEAD, id).of("source", "c2s").of("delivery_id", null).of("lead_id", id);
  }

  private static DeliveryStory enrichment(String leadId) {
    return story(LEAD, "enrichment-" + leadId)
        .of("source", "c2s")
        .of("object_type", "lead_enrichment")
        .of("delivery_id", null)
        .of("lead_id", leadId);
  }
}
