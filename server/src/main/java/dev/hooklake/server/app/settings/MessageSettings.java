package dev.hooklake.server.app.settings;

import dev.hooklake.server.tracking.TrackingSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether messages are tracked, and how.
///
/// @param tracking null while it is switched off
/// @param errorCodes a table of error codes to use instead of the program's own; null for that
public record MessageSettings(@Nullable TrackingSettings tracking, @Nullable Path errorCodes) {}
