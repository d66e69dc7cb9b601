package dev.hooklake.sources.event;

import static dev.hooklake.sources.event.Column.optional;
import static dev.hooklake.sources.event.Column.required;
import static dev.hooklake.sources.event.ColumnType.BOOLEAN;
import static dev.hooklake.sources.event.ColumnType.DATE;
import static dev.hooklake.sources.event.ColumnType.DOUBLE;
import static dev.hooklake.sources.event.ColumnType.LONG;
import static dev.hooklake.sources.event.ColumnType.STRING;
import static dev.hooklake.sources.event.ColumnType.TIMESTAMP;

import java.util.ArrayList;
import java.util.List;

/// The columns of the channel tables: what every event has, who, which message, what happened, then
/// what only this channel knows, and last `extra` and the partition.
final class EventColumns {

  private static final List<Column> EVENT =
      List.of(
          required("event_id", STRING, "The event key; unique within source in all tables"),
          required("source", STRING, "Configured name of the source, for example customerio"),
          required("object_type", STRING, "Kind of object as the provider names it"),
          required("metric", STRING, "What happened: sent, delivered, opened, clicked ..."),
          required("timestamp", LONG, "When it happened, seconds since the epoch"),
          required("occurred_at", TIMESTAMP, "When it happened, UTC"),
          required("received_at", TIMESTAMP, "When the delivery arrived, UTC"),
          required("processed_at", TIMESTAMP, "When this row was derived, UTC"));

  private static final List<Column> PERSON =
      List.of(
          optional("customer_id", STRING, "The person as the event names it; may be outdated"),
          optional("person_id", STRING, "The workspace's own id of the person (identifiers.id)"),
          optional("cio_id", STRING, "Customer.io's permanent id of the person"),
          optional("email_address", STRING, "The person's email address"),
          optional("recipient", STRING, "Where the message went: address, number, channel, URL"));

  private static final List<Column> MESSAGE =
      List.of(
          optional("delivery_id", STRING, "One message to one person; joins all its events"),
          optional(
              "message_ref", STRING, "Our own id of the message, where it was sent along with it"),
          optional("campaign_id", LONG, "Campaign the message belongs to"),
          optional("broadcast_id", LONG, "API-triggered broadcast the message belongs to"),
          optional("newsletter_id", LONG, "Newsletter the message belongs to"),
          optional("transactional_message_id", LONG, "Transactional message it was made from"),
          optional("action_id", LONG, "Workflow item that sent the message"),
          optional("parent_action_id", LONG, "Split or branch that holds the workflow item"),
          optional("journey_id", STRING, "One person's path through a campaign or broadcast"),
          optional("trigger_id", LONG, "Run of the broadcast"),
          optional("trigger_event_id", STRING, "Event that triggered the campaign"),
          optional("content_id", LONG, "Variant of a newsletter: language or A/B"),
          optional("subject", STRING, "Subject of the message"));

  private static final List<Column> OUTCOME =
      List.of(
          optional("href", STRING, "Link that was clicked"),
          optional("link_id", LONG, "Number of the link, unique within its message only"),
          optional("failure_message", STRING, "Why the message was not delivered"),
          required(
              "is_machine",
              BOOLEAN,
              "A machine opened or clicked, not a person: machine or prefetched is true"),
          optional("content", STRING, "Body of the message, where the provider sends it along"));

  private static final List<Column> LAST =
      List.of(
          optional(
              "origin",
              STRING,
              "webhook, or backfill: made from the provider's API because no webhook came; null in"
                  + " rows from before this column"),
          optional("extra", STRING, "JSON object of every field that no column holds, as sent"),
          required("event_date", DATE, "UTC date of occurred_at"));

  private static final List<Column> EMAIL =
      List.of(
          optional("headers", STRING, "Custom headers of the email: JSON object of lists"),
          optional("machine", BOOLEAN, "The click was made by a machine"),
          optional("prefetched", BOOLEAN, "The open came from a mail system, not a reader"),
          optional("proxied", BOOLEAN, "Fetched through a proxy that hides the reader; no proof"),
          optional("synthetic", BOOLEAN, "The open was deduced from a click"),
          optional("sender", STRING, "Address the message came from"),
          optional(
              "recipients",
              STRING,
              "JSON list of all addressees, where there are several; any of them may be meant"),
          optional("tags", STRING, "Labels given when sending: JSON, or the only one"),
          optional("bounce_type", STRING, "Kind of bounce as the provider names it"),
          optional("bounce_subtype", STRING, "Finer kind of bounce as the provider names it"),
          optional("ip_address", STRING, "Where the open or click came from"),
          optional("user_agent", STRING, "Program that opened or clicked"));

  private static final List<Column> TEXT_MESSAGE =
      List.of(
          optional("to_number", STRING, "Our number that a person replied to (field to)"),
          optional("inbound_event_id", STRING, "The provider's id of the reply"),
          optional("sender", STRING, "Number or name the message came from"),
          optional("direction", STRING, "outbound: to a person; inbound: from one"),
          optional("error_code", STRING, "Why it failed, in the provider's code"),
          optional("segments", LONG, "Parts the message was sent in; each is paid for"),
          optional("price", DOUBLE, "What the provider charged"),
          optional("price_currency", STRING, "ISO 4217 currency of price"),
          optional("opt_out", STRING, "STOP, START or HELP, where the person wrote such a word"),
          optional("reply_to_id", STRING, "The message this one answers, by the provider's id"));

  private static final List<Column> LEAD =
      List.of(
          optional("lead_id", STRING, "The lead as the CRM names it"),
          optional("internal_id", LONG, "The CRM's number of the lead"),
          optional(
              "hook_action", STRING, "What happened, in the CRM's word; null when it sent none"),
          optional("lead_created_at", TIMESTAMP, "When the CRM got to know the lead, UTC"),
          optional("name", STRING, "The person's name as entered"),
          optional("phone", STRING, "The person's first phone number as sent"),
          optional("product_ref", STRING, "The CRM's reference of what the lead asks about"),
          optional("product", STRING, "What the lead asks about"),
          optional("price", DOUBLE, "Price of what the lead asks about"),
          optional("city", STRING, "City of what the lead asks about"),
          optional("neighbourhood", STRING, "Part of the city of what the lead asks about"),
          optional("lead_source", STRING, "Where the lead came from"),
          optional("lead_channel", STRING, "Kind of place the lead came from"),
          optional("seller_id", STRING, "Who looks after the lead, by the CRM's id"),
          optional("seller", STRING, "Who looks after the lead"),
          optional("company_id", STRING, "The seller's company, by the CRM's id"),
          optional("company", STRING, "The seller's company"),
          optional("status", STRING, "State of the lead in the CRM: new, under_negotiation ..."),
          optional("funnel_status", STRING, "Step of the sale that the lead is in"),
          optional("tags", STRING, "Labels of the lead: JSON list"),
          optional("archived", BOOLEAN, "The lead was given up"),
          optional("lost_reason", STRING, "Why the lead was given up"),
          optional("deal_done", BOOLEAN, "The deal was done"),
          optional("deal_price", DOUBLE, "What the deal brought"));

  private EventColumns() {}

  static List<Column> ofChannel(Channel channel) {
    var columns = new ArrayList<Column>();
    columns.addAll(EVENT);
    columns.addAll(PERSON);
    columns.addAll(MESSAGE);
    columns.addAll(OUTCOME);
    columns.addAll(only(channel));
    columns.addAll(LAST);
    return columns;
  }

  private static List<Column> only(Channel channel) {
    return switch (channel) {
      case EMAIL -> EMAIL;
      case PUSH ->
          List.of(optional("recipients", STRING, "Devices: JSON list of id, platform, failure"));
      case IN_APP ->
          List.of(optional("tracked_response", STRING, "Name of the action that was clicked"));
      case SMS, WHATSAPP -> TEXT_MESSAGE;
      case CUSTOMER ->
          List.of(optional("topics", STRING, "Topic preferences: JSON object of topic to boolean"));
      case LEAD -> LEAD;
      case SLACK, WEBHOOK -> List.of();
    };
  }
}
