package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.EnrichmentSettings;
import dev.hooklake.server.enrichment.Housekeeping.Retention;
import dev.hooklake.server.enrichment.LawfulUse;
import dev.hooklake.server.enrichment.Queue;
import dev.hooklake.server.enrichment.note.NoteSettings;
import dev.hooklake.server.enrichment.note.NoteSettings.ShownCpf;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.pipeline.BackOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether leads are enriched, why that is lawful, and how.
public final class EnrichmentSection implements Section<LeadSettings> {
  private static final int MOST = 1_000_000;

  static final Key<Boolean> ON =
      new Key<>(
          "enrichment.enabled",
          null,
          "false",
          ValueType.SWITCH,
          "Looks up who leads are, in registers of people, and writes a note into the CRM.");
  static final Key<String> LEGAL_BASIS =
      text("enrichment.legal-basis", "Why that is lawful; written beside each look-up.");
  static final Key<String> PURPOSE =
      text("enrichment.purpose", "What it is for; written beside each look-up.");
  static final Key<String> VAULT_KEYS =
      new Key<>(
          "enrichment.vault-keys",
          "HOOKLAKE_VAULT_KEYS",
          "",
          ValueType.TEXT,
          "Keys that CPF numbers are kept under, the current one first; made by openssl rand -base64 32.");
  static final Key<Duration> REUSE =
      new Key<>(
          "enrichment.reuse",
          null,
          "1d",
          ValueType.TIME_OR_OFF,
          "For how long what a register said is not asked again.");
  static final Key<Duration> RETENTION =
      new Key<>(
          "enrichment.retention",
          null,
          "90d",
          ValueType.TIME,
          "How long ended lead events and what was found for them are kept. While enrichment is off:"
              + " how long lead events are kept.");
  static final Key<Duration> AUDIT_RETENTION =
      new Key<>(
          "enrichment.audit-retention",
          null,
          "1825d",
          ValueType.TIME,
          "How long the record of look-ups is kept, which names nobody.");
  static final Key<Integer> ATTEMPTS =
      new Key<>(
          "enrichment.queue.attempts",
          null,
          "3",
          ValueType.number(1, 100),
          "Attempts at one step; calls that a service does not take count as none.");
  static final Key<String> BACKOFF =
      new Key<>(
          "enrichment.queue.backoff",
          null,
          "exponential",
          ValueType.oneOf(List.of("exponential")),
          "How waits between attempts grow; each is spread by chance.");
  static final Key<Duration> BACKOFF_DELAY =
      new Key<>(
          "enrichment.queue.backoff-delay",
          null,
          "1s",
          ValueType.TIME,
          "Wait after a first failed attempt.");
  static final Key<Duration> BACKOFF_MAX =
      new Key<>(
          "enrichment.queue.backoff-max", null, "5m", ValueType.TIME, "Longest wait of ours.");
  static final Key<Duration> GIVE_UP_AFTER =
      new Key<>(
          "enrichment.queue.give-up-after",
          null,
          "1d",
          ValueType.TIME,
          "How long an event waits for a service that takes no calls.");
  static final Key<Integer> REMOVE_ON_COMPLETE =
      new Key<>(
          "enrichment.queue.remove-on-complete",
          null,
          "1000",
          ValueType.number(0, MOST),
          "Completed events that are kept; older ones go.");
  static final Key<Integer> REMOVE_ON_FAIL =
      new Key<>(
          "enrichment.queue.remove-on-fail",
          null,
          "5000",
          ValueType.number(0, MOST),
          "Failed events that are kept; older ones go.");
  static final Key<Integer> CONCURRENCY =
      new Key<>(
          "enrichment.queue.concurrency",
          null,
          "4",
          ValueType.number(1, 64),
          "Events that one server works on at once.");
  static final Key<String> NOTE_CPF =
      new Key<>(
          "enrichment.note.cpf",
          null,
          "masked",
          ValueType.oneOf(List.of("masked", "full", "none")),
          "How much of a CPF the note shows.");
  static final Key<Integer> NOTE_MAX_CHARS =
      new Key<>(
          "enrichment.note.max-chars",
          "C2S_DESCRIPTION_MAX_LENGTH",
          "5000",
          ValueType.number(500, 15_000),
          "Longer notes are cut.");
  static final Key<Integer> NOTES_PER_LEAD =
      new Key<>(
          "enrichment.note.per-lead",
          null,
          "3",
          ValueType.number(0, 100),
          "How many notes a lead gets, ever.");

  @Override
  public String title() {
    return "Enrichment of leads";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        ON,
        LEGAL_BASIS,
        PURPOSE,
        VAULT_KEYS,
        REUSE,
        RETENTION,
        AUDIT_RETENTION,
        ATTEMPTS,
        BACKOFF,
        BACKOFF_DELAY,
        BACKOFF_MAX,
        GIVE_UP_AFTER,
        REMOVE_ON_COMPLETE,
        REMOVE_ON_FAIL,
        CONCURRENCY,
        NOTE_CPF,
        NOTE_MAX_CHARS,
        NOTES_PER_LEAD);
  }

  @Override
  public LeadSettings read(GivenSettings given) {
    List<VaultKey> keys = vaultKeys(given);
    return new LeadSettings(
        given.value(ON) ? enrichment(given, keys) : null, keys, given.value(RETENTION));
  }

  private static @Nullable EnrichmentSettings enrichment(GivenSettings given, List<VaultKey> keys) {
    require(given, LEGAL_BASIS, "for example: legitimate interest, LGPD art. 7 IX");
    require(given, PURPOSE, "for example: to answer people who asked about a property");
    require(given, VAULT_KEYS, "make one with: openssl rand -base64 32");
    require(given, RegistersSection.FINDER_URL, "the register that knows whose a contact is");
    require(given, RegistersSection.REGISTER_URL, "the register that tells more of a person");
    given.value(BACKOFF);
    BackOff backOff =
        given.checked(
            given.where(BACKOFF_MAX),
            () -> new BackOff(given.value(BACKOFF_DELAY), given.value(BACKOFF_MAX)),
            Queue.DEFAULT::backOff);
    boolean whole = given(given, LEGAL_BASIS) && given(given, PURPOSE) && !keys.isEmpty();
    return whole
        ? new EnrichmentSettings(
            new LawfulUse(given.value(LEGAL_BASIS), given.value(PURPOSE)),
            queue(given, backOff),
            note(given),
            given.value(REUSE),
            new Retention(given.value(RETENTION), given.value(AUDIT_RETENTION)))
        : null;
  }

  private static void require(GivenSettings given, Key<String> key, String hint) {
    if (!given(given, key)) {
      given.refuse(given.where(ON), "enrichment is on without " + key.name(), "set it; " + hint);
    }
  }

  private static boolean given(GivenSettings given, Key<String> key) {
    return !String.join("", given.texts(key)).isBlank();
  }

  private static Queue queue(GivenSettings given, BackOff backOff) {
    return new Queue(
        given.value(ATTEMPTS),
        backOff,
        given.value(GIVE_UP_AFTER),
        given.value(REMOVE_ON_COMPLETE),
        given.value(REMOVE_ON_FAIL),
        given.value(CONCURRENCY));
  }

  private static NoteSettings note(GivenSettings given) {
    return new NoteSettings(
        ShownCpf.valueOf(given.value(NOTE_CPF).toUpperCase(Locale.ROOT)),
        given.value(NOTE_MAX_CHARS),
        given.value(NOTES_PER_LEAD));
  }

  private static List<VaultKey> vaultKeys(GivenSettings given) {
    var keys = new ArrayList<VaultKey>();
    for (String text : given.texts(VAULT_KEYS)) {
      if (text.isBlank()) {
        continue;
      }
      given
          .checked(
              given.where(VAULT_KEYS),
              () -> Optional.of(VaultKey.of(text)),
              Optional::<VaultKey>empty)
          .ifPresent(keys::add);
    }
    return keys;
  }

  private static Key<String> text(String name, String meaning) {
    return new Key<>(name, null, "", new ValueType<>("text", Optional::of), meaning);
  }
}
