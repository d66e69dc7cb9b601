package dev.hooklake.server.admin;

/// Where the admin port listens.
public record AdminSettings(String host, int port) {}
