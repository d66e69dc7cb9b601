package dev.hooklake.providers.customerio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the file of an export is read.
///
/// @param type kind of message of a file without a column for it; null when it must have one
/// @param latest a later time is none
public record Reading(@Nullable String type, Instant latest) {}
