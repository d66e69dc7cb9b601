package dev.hooklake.server.maintenance;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What else the machine has to do.
///
/// @param accepted events accepted so far
/// @param behind whether the lake lags, or cannot be written
public record Load(LongSupplier accepted, BooleanSupplier behind) {}
