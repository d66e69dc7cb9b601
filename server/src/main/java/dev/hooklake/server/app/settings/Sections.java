package dev.hooklake.server.app.settings;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.access.AccessSettings;
import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.alerts.AlertSettings;
import dev.hooklake.server.forwarding.ForwardingSettings;
import dev.hooklake.server.intake.IntakeSettings;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.pipeline.PipelineSettings;
import dev.hooklake.server.reconciliation.HistorySettings;
import dev.hooklake.server.sinks.SinkSettings;
import java.util.List;

/// Every area of the settings. The reader, the check for unknown names, `init` and the reference
/// page follow this list; a new area is a class of its own and a line here.
public final class Sections {
  public static final Section<GeneralSettings> GENERAL = new GeneralSection();
  public static final Section<IntakeSettings> INTAKE = new IntakeSection();
  public static final Section<AdminSettings> ADMIN = new AdminSection();
  public static final Section<AccessSettings> ACCESS = new AccessSection();
  public static final Section<JournalSettings> JOURNAL = new JournalSection();
  public static final Section<LakeSettings> LAKE = new LakeSection();
  public static final Section<PipelineSettings> PIPELINE = new PipelineSection();
  public static final Section<LakeMaintenanceSettings> MAINTENANCE = new MaintenanceSection();
  public static final Section<ForwardingSettings> FORWARDING = new ForwardingSection();
  public static final Section<List<SinkSettings>> SINKS = new SinksSection();
  public static final Section<DatabaseSettings> DATABASE = new DatabaseSection();
  public static final Section<LeadSettings> ENRICHMENT = new EnrichmentSection();
  public static final Section<Registers> REGISTERS = new RegistersSection();
  public static final Section<CrmSettings> CRM = new CrmSection();
  public static final Section<MessageSettings> TRACKING = new TrackingSection();
  public static final Section<List<ProviderSettings>> PROVIDERS = new ProvidersSection();
  public static final Section<HistorySettings> RECONCILIATION = new ReconciliationSection();
  public static final Section<AlertSettings> ALERTS = new AlertsSection();
  public static final Section<LogSettings> LOG = new LogSection();
  public static final Section<List<SourceSettings>> SOURCES = new SourcesSection();

  static final List<Section<?>> ALL =
      List.of(
          GENERAL,
          INTAKE,
          ADMIN,
          ACCESS,
          JOURNAL,
          LAKE,
          PIPELINE,
          MAINTENANCE,
          FORWARDING,
          SINKS,
          DATABASE,
          ENRICHMENT,
          REGISTERS,
          CRM,
          TRACKING,
          PROVIDERS,
          RECONCILIATION,
          ALERTS,
          LOG,
          SOURCES);

  private Sections() {}
}
