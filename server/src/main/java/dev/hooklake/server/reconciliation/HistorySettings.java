package dev.hooklake.server.reconciliation;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// How reconciliations and backfills are run.
///
/// @param lookbackDays how long before an event its message may have been created; older ones are
///   not looked at
/// @param settle how long an event may be under way before it is missing
/// @param nightlyAt UTC time of the nightly reconciliation; null for none
/// @param nightlyDays how many past days a nightly one looks at
public record HistorySettings(
    int lookbackDays, Duration settle, @Nullable LocalTime nightlyAt, int nightlyDays) {}
