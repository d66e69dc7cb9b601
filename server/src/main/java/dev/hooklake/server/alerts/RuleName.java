package dev.hooklake.server.alerts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rules, what each watches and what to do when it fires.
public enum RuleName {
  VERIFICATION_FAILURES(
      "A delivery was refused for its signature within a quarter of an hour.",
      "If the provider sent it, its signing key is not ours: compare the fingerprints on the page Sources."),
  VERIFICATION_FAILURE_RATE(
      "A good part of a source's deliveries is refused for its signature.",
      "The provider's key was probably changed; until ours is too, refusals stall its queue."),
  ERROR_RATE(
      "Deliveries are turned away because this server cannot take them.",
      "See the status for why: journal full, disk failed, or too many at once. Providers send again."),
  PROCESSING_DELAY(
      "What was accepted does not reach the lake or the operations database in time.",
      "Events are safe in the journal; see the status for the last error."),
  MISSING_EVENTS(
      "A source is silent although events usually come in these hours of the week.",
      "Look at the provider's webhook page for failures or a switched-off webhook; then backfill."),
  COMPLETENESS(
      "The provider's own API shows more of a day than is here.",
      "./hooklake backfill fetches what is missing; see the reconciliation for what it is, and why."),
  QUARANTINE_GROWTH(
      "Events arrive that nobody understands.",
      "Look at the page Quarantine; once a decoder knows them, replay."),
  DRIFT(
      "A source sends a field, metric or type that it never sent before.",
      "Nothing is lost: unknown fields are in the column extra. See the drift report."),
  BOUNCE_RATE(
      "Much of what was sent yesterday and today came back.",
      "See the report bounce_reasons; stop sending to addresses that do not exist."),
  COMPLAINT_RATE(
      "Recipients report messages as spam at a rate that mailbox providers act on.",
      "See the report unsubscribe_and_complaint_rates; pause the campaign that causes it."),
  UNSUBSCRIBE_RATE(
      "Unusually many recipients unsubscribe.",
      "See the report campaign_performance for the campaign that causes it."),
  DELIVERY_RATE_DROP(
      "A smaller part of what was sent is delivered than in the week before.",
      "See the reports error_summary and bounce_reasons."),
  JOURNAL_SPACE(
      "The journal fills up; past its limit deliveries are answered 503.",
      "See why the lake does not drain it, or raise journal.limit."),
  DISK_SPACE("The disk of the data directory fills up.", "Make room, or move the directory."),
  DEAD_LETTERS(
      "Leads, or events to be sent on, were given up, or a warehouse refused some.",
      "See ./hooklake leads list, forwarding dead-letters or sinks; once the cause is mended, have them tried again.");

  private final String meaning;
  private final String remedy;

  RuleName(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /// As it is written everywhere: `missing-events`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String meaning() {
    return meaning;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }

  public static Optional<RuleName> of(String label) {
    return Arrays.stream(values()).filter(rule -> rule.label().equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(RuleName::label).toList();
  }
}
