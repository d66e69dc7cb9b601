package dev.hooklake.server.app;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.admin.AdminSettings;
import dev.hooklake.server.intake.IntakeSettings;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.Cadence;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.PipelineSettings;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts the settings together from a file and the environment, or says everything that is wrong
/// with them at once.
public final class SettingsReader {
  /// Read when no file is named and this one is there.
  public static final Path DEFAULT_FILE = Path.of("hooklake.yaml");

  private static final int MOST_BODY_BYTES = 7 << 20;
  private static final int MOST_HEADER_BYTES = 1 << 20;

  private static final Set<String> CONSUMERS = Set.of(LakePipeline.CONSUMER);

  private final GivenSettings given;

  private SettingsReader(GivenSettings given) {
    this.given = given;
  }

  /// Reads file and environment; fails with all that is wrong with them.
  ///
  /// @param file the settings file; null for the default one if it is there, else none
  public static Settings read(@Nullable Path file, Map<String, String> env)
      throws SettingsRefused, IOException {
    Path used = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
    return used == null ? of("", "", env) : of(used.toString(), Files.readString(used), env);
  }

  static Settings of(String fileName, String text, Map<String, String> env) throws SettingsRefused {
    var reader = new SettingsReader(new GivenSettings(fileName, text, env));
    Settings settings = reader.settings();
    if (!reader.given.problems().isEmpty()) {
      throw new SettingsRefused(reader.given.problems());
    }
    return settings;
  }

  private Settings settings() {
    refuseUnknownKeys();
    Path data = given.value(Keys.DATA).toAbsolutePath().normalize();
    return new Settings(
        data,
        given.value(Keys.DEVELOPMENT),
        intake(),
        new AdminSettings(given.value(Keys.ADMIN_HOST), given.value(Keys.ADMIN_PORT)),
        journal(data.resolve("journal")),
        lake(data),
        pipeline(),
        new LogSettings(given.value(Keys.LOG_LEVEL), given.value(Keys.LOG_FORMAT).equals("json")),
        sources());
  }

  private void refuseUnknownKeys() {
    var known = new ArrayList<String>();
    Keys.ALL.forEach(key -> known.add(key.name()));
    for (String source : given.sourceNames()) {
      SourceKeys.ALL.forEach(key -> known.add(SourceKeys.PREFIX + source + "." + key.name()));
    }
    given.refuseUnknown(known);
  }

  private IntakeSettings intake() {
    return new IntakeSettings(
        given.value(Keys.HOST),
        given.value(Keys.PORT),
        bytes(Keys.MAX_BODY, MOST_BODY_BYTES),
        bytes(Keys.MAX_HEADERS, MOST_HEADER_BYTES),
        given.value(Keys.MAX_IN_FLIGHT),
        given.value(Keys.MAX_IN_FLIGHT_BYTES),
        given.value(Keys.MAX_CONNECTIONS),
        given.value(Keys.REQUEST_DEADLINE),
        given.value(Keys.IDLE_TIMEOUT),
        given.value(Keys.RETRY_AFTER),
        given.value(Keys.SHUTDOWN_GRACE));
  }

  private int bytes(Key<Long> key, int most) {
    long bytes = given.value(key);
    if (bytes < 1 || bytes > most) {
      given.refuse(given.where(key), bytes + " bytes are not possible", "give 1 to " + most);
      return most;
    }
    return (int) bytes;
  }

  private JournalSettings journal(Path directory) {
    JournalSettings usual =
        JournalSettings.of(directory, Keys.JOURNAL_LIMIT.defaultValue(), CONSUMERS);
    return checked(
        given.where(Keys.JOURNAL_LIMIT),
        () ->
            new JournalSettings(
                directory,
                given.value(Keys.JOURNAL_LIMIT),
                usual.segmentBytes(),
                given.value(Keys.DUPLICATE_WINDOW),
                usual.maxRecordBytes(),
                CONSUMERS),
        () -> usual);
  }

  private LakeSettings lake(Path data) {
    URI root =
        given.given(Keys.LAKE_ROOT) ? given.value(Keys.LAKE_ROOT) : data.resolve("lake").toUri();
    return checked(
        given.where(Keys.LAKE_ROOT),
        () -> new LakeSettings(root, given.below(Keys.HADOOP)),
        () -> LakeSettings.in(data.resolve("lake")));
  }

  private PipelineSettings pipeline() {
    Cadence cadence =
        checked(
            given.where(Keys.COMMIT_QUIET_WAIT),
            () ->
                new Cadence(
                    given.value(Keys.COMMIT_ROWS),
                    given.value(Keys.COMMIT_BYTES),
                    given.value(Keys.COMMIT_BUSY_ROWS),
                    given.value(Keys.COMMIT_WAIT),
                    given.value(Keys.COMMIT_QUIET_WAIT)),
            () -> Cadence.DEFAULT);
    BackOff backOff =
        checked(
            given.where(Keys.RETRY_MAX),
            () -> new BackOff(given.value(Keys.RETRY_FIRST), given.value(Keys.RETRY_MAX)),
            PipelineSettings.DEFAULT::backOff);
    return new PipelineSettings(cadence, backOff, given.value(Keys.CLOSING_TIME));
  }

  /// Without any in the file there is Customer.io, with its secret from the environment.
  private List<SourceSettings> sources() {
    List<String> names = given.sourceNames();
    List<SourceSettings> sources =
        names.isEmpty()
            ? List.of(source("customerio", true))
            : names.stream().map(name -> source(name, false)).toList();
    var byPath = new HashMap<String, String>();
    for (SourceSettings source : sources) {
      String other = byPath.putIfAbsent(source.path(), source.name());
      if (other != null) {
        given.refuse(
            SourceKeys.PREFIX + source.name(),
            "its path " + source.path() + " is also that of " + other,
            "give each source a path of its own");
      }
    }
    return sources;
  }

  private SourceSettings source(String name, boolean fromEnv) {
    Key<String> secretKey = in(name, SourceKeys.SECRET_LIST, fromEnv);
    List<Secret> secrets = given.texts(secretKey).stream().map(Secret::of).toList();
    if (secrets.isEmpty() && !given.value(Keys.DEVELOPMENT)) {
      given.refuse(
          given.where(secretKey),
          "source " + name + " has no secret, so nobody could be trusted",
          "set "
              + (fromEnv ? SourceKeys.SECRET_LIST.env() : secretKey.name())
              + " to the provider's signing key, or "
              + Keys.DEVELOPMENT.env()
              + "=true to try things out");
    }
    given.value(in(name, SourceKeys.TYPE, fromEnv));
    return new SourceSettings(
        name,
        given.value(in(name, SourceKeys.PATH, fromEnv)),
        secrets,
        given.value(in(name, SourceKeys.TIMESTAMP_TOLERANCE, fromEnv)),
        given.value(in(name, SourceKeys.BODY_ONLY_SIGNATURES, fromEnv)),
        given.value(in(name, SourceKeys.EVENT_ENVELOPES, fromEnv)));
  }

  private static <T> Key<T> in(String source, Key<T> key, boolean fromEnv) {
    return new Key<>(
        SourceKeys.PREFIX + source + "." + key.name(),
        fromEnv ? key.env() : null,
        key.defaultText(),
        key.type(),
        key.meaning());
  }

  /// Settings that check themselves say what is wrong with them.
  private <T> T checked(String where, Supplier<T> settings, Supplier<T> otherwise) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      given.refuse(where, String.valueOf(e.getMessage()), "mend it");
      return otherwise.get();
    }
  }
}
