package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.fields.EventRow;
import dev.hooklake.sources.fields.EventTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// The row of a lead event in `lead_events`.
final class LeadRow {
  private static final Pattern BRAZILIAN_NUMBER =
      Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{3}){1,6}|[0-9]{1,15})(?:,[0-9]{1,2})?");

  private final LeadEvent event;
  private final String lead;
  private final String attributes;
  private final EventRow row;

  private LeadRow(LeadEvent event) {
    this.event = event;
    this.lead = event.envelope().pointer();
    this.attributes = lead + "/attributes";
    this.row = new EventRow(Channel.LEAD.table(), event.envelope().outer());
  }

  static Row of(LeadEvent event, SourceEvent source, Instant processedAt) {
    var lead = new LeadRow(event);
    lead.identity();
    lead.person();
    lead.subject();
    lead.people();
    lead.outcome();
    return lead.row.build(source, event.updatedAt(), processedAt);
  }

  private void identity() {
    row.set("object_type", "lead")
        .set("metric", event.action().label())
        .set("lead_id", event.leadId())
        .take("internal_id", lead + "/internal_id")
        .take("hook_action", "/hook_action", lead + "/hook_action")
        .drop(lead + "/id", lead + "/type", attributes + "/updated_at");
    time("lead_created_at", attributes + "/created_at");
  }

  private void person() {
    row.take("customer_id", attributes + "/customer/id")
        .take("email_address", attributes + "/customer/email")
        .take("name", attributes + "/customer/name")
        .take("phone", attributes + "/customer/phone_global", attributes + "/customer/phone");
  }

  private void subject() {
    row.take("product_ref", attributes + "/product/prop_ref")
        .take("product", attributes + "/product/description")
        .take("city", attributes + "/product/city")
        .take("neighbourhood", attributes + "/product/neighbourhood")
        .take("lead_source", attributes + "/lead_source/name")
        .take("lead_channel", attributes + "/channel/name")
        .take("tags", attributes + "/tags");
    number("price", attributes + "/product/price_float");
    number("price", attributes + "/product/price");
  }

  private void people() {
    row.take("seller_id", attributes + "/seller/id")
        .take("seller", attributes + "/seller/name")
        .take("company_id", attributes + "/company/id", attributes + "/seller/company_id")
        .take("company", attributes + "/company/name", attributes + "/seller/company");
  }

  private void outcome() {
    row.take("status", attributes + "/lead_status/alias")
        .take("funnel_status", attributes + "/funnel_status/status")
        .take("archived", attributes + "/archive_details/archived")
        .take("lost_reason", attributes + "/lost_reasons/name")
        .take("deal_done", attributes + "/done_details/done");
    number("deal_price", attributes + "/done_details/done_price");
  }

  private void time(String column, String pointer) {
    EventTime.ISO_8601.parse(at(pointer)).ifPresent(time -> row.set(column, time).remove(pointer));
  }

  /// `350.000` is three hundred and fifty thousand to whoever writes it there, so that a price in
  /// text is never read as a number of ours. What is not understood stays in `extra`.
  private void number(String column, String pointer) {
    amount(at(pointer)).ifPresent(value -> row.set(column, value).remove(pointer));
  }

  private static Optional<Double> amount(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.doubleValue()).filter(Double::isFinite);
    }
    return Optional.of(node.asText().strip())
        .filter(text -> BRAZILIAN_NUMBER.matcher(text).matches())
        .map(text -> new BigDecimal(text.replace(".", "").replace(',', '.')).doubleValue());
  }

  private JsonNode at(String pointer) {
    return event.envelope().outer().at(pointer);
  }
}
