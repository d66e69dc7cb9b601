package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Decision.Via;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.person.PersonFinder;
import dev.hooklake.server.enrichment.person.PersonRegister;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Puts an enrichment together.
public final class Enrichments {
  private static final Duration BETWEEN_HOUSEKEEPING = Duration.ofMinutes(1);
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

  /// What an enrichment asks and keeps.
  ///
  /// @param crm null when the CRM's API is not configured: no notes then, and no leads read
  public record Parts(
      OperationsDatabase database,
      Vault vault,
      PersonFinder finder,
      PersonRegister register,
      @Nullable C2sApi crm,
      Moments moments,
      InstantSource clock,
      RandomGenerator chance) {}

  private Enrichments() {}

  public static Enrichment of(Parts parts, EnrichmentSettings settings) {
    return new Enrichment(
        new Enrichment.Parts(
            parts.database(),
            steps(parts, settings),
            settings.queue(),
            parts.moments(),
            parts.clock(),
            parts.chance()));
  }

  /// What is due now and then beside the jobs.
  public static List<Chore> chores(Parts parts, EnrichmentSettings settings, OwnEvents events) {
    var housekeeping =
        new Housekeeping(
            parts.database(), settings.queue(), settings.retention(), parts.vault(), parts.clock());
    var reports = new LeadReports(parts.database(), events, parts.clock());
    return List.of(
        new Chore("lead-housekeeping", BETWEEN_HOUSEKEEPING, housekeeping::run),
        new Chore("lead-reports", BETWEEN_REPORTS, reports::run));
  }

  private static List<Step> steps(Parts parts, EnrichmentSettings settings) {
    OperationsDatabase database = parts.database();
    InstantSource clock = parts.clock();
    var contacts = new LeadContacts(parts.crm());
    var parties = new Parties(parts.vault());
    var audit = new LookupAudit(database, settings.use(), clock);
    var finding = new FindPerson.Parts(contacts, parties, audit, database, settings.reuse(), clock);
    var enriching =
        new EnrichPerson.Parts(parts.register(), parties, audit, database, settings.reuse(), clock);
    return List.of(
        new ReadContacts(contacts, parts.vault()),
        new ReadCpf(parties, clock),
        new FindPerson(
            StepName.FIND_BY_PHONE, Via.PHONE, new Asking.ByPhone(parts.finder()), finding),
        new FindPerson(
            StepName.FIND_BY_EMAIL, Via.EMAIL, new Asking.ByEmail(parts.finder()), finding),
        new Decide(database),
        new EnrichPerson(StepName.ENRICH_FIRST, 0, enriching),
        new EnrichPerson(StepName.ENRICH_SECOND, 1, enriching),
        new SendNote(new SendNote.Parts(parts.crm(), parties, settings.note(), database, clock)));
  }
}
