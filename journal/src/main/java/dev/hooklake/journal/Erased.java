package dev.hooklake.journal;

/// What an erasure found in a journal: records whose payload it overwrote, and the segments they
/// were in.
public record Erased(int records, int segments) {}
