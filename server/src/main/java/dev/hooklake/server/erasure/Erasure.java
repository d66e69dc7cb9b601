package dev.hooklake.server.erasure;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeErasure;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Purged;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes a person out of everything: journal, lake, and the other stores.
///
/// | step     | what it does                                                                  |
/// |----------|-------------------------------------------------------------------------------|
/// | learn    | finds the journal's records that name the person, and writes down which deliveries and leads they tell of |
/// | overwrite | these records become zeros, so no consumer gets them any more                |
/// | settle   | waits until what consumers had already read is stored                         |
/// | find     | asks the stores for leads, looks at every row of the lake: events, deliveries and leads of the person |
/// | overwrite | the journal again, now also for these, named or not                          |
/// | remove   | from the other stores, then from the lake, table by table in the order of [#TABLES] |
/// | purge    | when asked: older versions, which still hold it, are deleted at once          |
///
/// Each may be repeated, so an erasure that was broken off is simply made again. What is accepted
/// after it began is not looked for.
public final class Erasure {
  /// Whatever is done when it is broken off, the next one still finds the rest: rows of quarantine
  /// name nobody and are found by landing's alone, nameless rows of landing by the links in channel
  /// tables.
  private static final List<Table> TABLES = tables();

  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// Where a person may be.
  ///
  /// @param upkeep how the lake is kept in shape; whatever that left on this disk goes too
  /// @param unfinished a file for what must outlive an erasure that is broken off
  public record Places(
      Records journal,
      Lake lake,
      List<Erasable> stores,
      LakeMaintenanceSettings upkeep,
      Path unfinished) {
    public Places {
      stores = List.copyOf(stores);
    }
  }

  /// The journal.
  ///
  /// @param decoder of its records; this erasure's alone
  /// @param damaged what a repair of the journal has set aside
  public record Records(EmbeddedJournal log, RecordDecoder decoder, Path damaged) {}

  /// Waits a while; fails when the program ends meanwhile.
  public interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  private final Places places;
  private final InstantSource clock;
  private final Lock noCopying;
  private final @Nullable Pause pause;

  private Erasure(Places places, InstantSource clock, Lock noCopying, @Nullable Pause pause) {
    this.places = places;
    this.clock = clock;
    this.noCopying = noCopying;
    this.pause = pause;
  }

  /// Beside the journal's consumers, and beside those who copy from the lake into a store.
  ///
  /// @param noCopying held while it removes from stores and lake: what was copied in between would
  ///   stay
  /// @param pause between two looks whether consumers have stored what they had read
  public static Erasure besideConsumers(
      Places places, InstantSource clock, Lock noCopying, Pause pause) {
    return new Erasure(places, clock, noCopying, pause);
  }

  /// Where nobody else reads the journal: its server is stopped.
  public static Erasure alone(Places places, InstantSource clock) {
    return new Erasure(places, clock, new ReentrantLock(), null);
  }

  /// Erases; when it fails, part of it is done, and it may be made again.
  ///
  /// @param id stands in the receipt
  /// @param now deletes older versions at once; who reads one of them fails
  public ErasureReceipt erase(UUID id, Person person, boolean now)
      throws IOException, InterruptedException {
    try {
      return made(id, person, now);
    } finally {
      places.stores().forEach(Erasable::ended);
    }
  }

  private ErasureReceipt made(UUID id, Person person, boolean now)
      throws IOException, InterruptedException {
    Instant startedAt = clock.instant();
    requireLake();
    var names = new NamesPerson(person);
    var journal = new JournalTraces(log(), places.journal().decoder(), names, clock);
    var unfinished = new UnfinishedErasure(places.unfinished());
    PersonRows told = journal.find();
    Set<PersonRows.Link> links = new HashSet<>(unfinished.keep(told.links()));
    int overwritten = journal.overwriteFound();
    List<String> behind = settle();
    LakeErasure lake = places.lake().erasure(names);
    links.addAll(links(person));
    PersonRows rows = lake.find(TABLES, new PersonRows(told.events(), links));
    overwritten += journal.overwrite(rows);
    int damagedCopies = new DamagedCopies(places.journal().damaged()).deleteThose(names::in);
    Removed removed = remove(person, lake, rows);
    places.lake().maintenance(places.upkeep().lake()).clearScratch();
    Purged purged = now ? purge(lake) : new Purged(0, 0);
    if (behind.isEmpty()) {
      unfinished.done();
    }
    Instant endedAt = clock.instant();
    Optional<Instant> gone = places.upkeep().deletedBy(endedAt);
    return new ErasureReceipt(
        id.toString(),
        startedAt.toString(),
        endedAt.toString(),
        person.identifiers(),
        removed.tables(),
        removed.stores(),
        overwritten,
        damagedCopies,
        purged.files(),
        purged.spared(),
        now ? null : gone.map(Instant::toString).orElse(null),
        !now && gone.isEmpty(),
        behind);
  }

  /// An empty place where the lake's volume should be holds nobody, and the receipt would say so;
  /// and what the missing commits of an older copy hold would be taken for leftovers.
  private void requireLake() throws IOException {
    long landed = log().status().firstSequence() - 1;
    long held = places.lake().landedThrough();
    if (held < landed) {
      throw new IOException(
          "the lake holds this journal's records up to %d, although those up to %d were landed; is"
                  .formatted(held, landed)
              + " the lake's volume mounted, or is it an older copy? Nothing was erased; mount the"
              + " lake that belongs to this journal, or begin with a new journal");
    }
  }

  private static List<Table> tables() {
    var tables = new ArrayList<Table>(List.of(Tables.QUARANTINE));
    Tables.readable().stream()
        .filter(table -> !table.equals(Tables.QUARANTINE))
        .forEach(tables::add);
    return List.copyOf(tables);
  }

  /// Who has read something before it was overwritten, and has not stored it yet.
  private List<String> settle() throws InterruptedException {
    long last = log().status().lastSequence();
    Instant deadline = clock.instant().plus(LONGEST_SETTLING);
    List<String> behind = pause == null ? List.of() : behind(last);
    while (!behind.isEmpty() && clock.instant().isBefore(deadline)) {
      Objects.requireNonNull(pause).await(LOOK_AGAIN);
      behind = behind(last);
    }
    return behind;
  }

  private List<String> behind(long sequence) {
    return log().status().consumerPositions().entrySet().stream()
        .filter(consumer -> consumer.getValue() < sequence)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private EmbeddedJournal log() {
    return places.journal().log();
  }

  private Set<PersonRows.Link> links(Person person) throws IOException {
    var links = new HashSet<PersonRows.Link>();
    for (Erasable store : places.stores()) {
      links.addAll(store.links(person));
    }
    return links;
  }

  private record Removed(Map<String, Long> stores, Map<String, Long> tables) {}

  private Removed remove(Person person, LakeErasure lake, PersonRows rows) throws IOException {
    noCopying.lock();
    try {
      return new Removed(removeFromStores(person, rows), remove(lake, rows));
    } finally {
      noCopying.unlock();
    }
  }

  private Map<String, Long> removeFromStores(Person person, PersonRows rows) throws IOException {
    var removed = new LinkedHashMap<String, Long>();
    for (Erasable store : places.stores()) {
      removed.put(store.name(), store.erase(person, rows));
    }
    return removed;
  }

  private Map<String, Long> remove(LakeErasure lake, PersonRows rows) throws IOException {
    var removed = new LinkedHashMap<String, Long>();
    for (Table table : TABLES) {
      long gone = lake.remove(table, rows);
      if (gone > 0) {
        removed.put(table.name(), gone);
      }
    }
    return removed;
  }

  private Purged purge(LakeErasure lake) throws IOException {
    int files = 0;
    int spared = 0;
    for (Table table : TABLES) {
      Purged purged = lake.purge(table);
      files += purged.files();
      spared += purged.spared();
    }
    return new Purged(files, spared);
  }
}
