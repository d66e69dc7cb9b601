package dev.hooklake.server.reconciliation;

/// A source whose provider can be asked: its name and its history there.
public record CheckedSource(String name, ProviderHistory history) {}
