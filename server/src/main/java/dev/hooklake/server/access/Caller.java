package dev.hooklake.server.access;

/// Who asks, as the audit names them.
public record Caller(String name, Role role) {}
