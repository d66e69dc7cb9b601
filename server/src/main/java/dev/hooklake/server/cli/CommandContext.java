package dev.hooklake.server.cli;

import java.time.InstantSource;

/// What the commands need of the world around them.
///
/// @param terminal whether a person watches: lines may be rewritten and coloured
public record CommandContext(InstantSource clock, boolean terminal, Installations installations) {}
