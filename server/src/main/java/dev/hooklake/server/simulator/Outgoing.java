package dev.hooklake.server.simulator;

/// An event and who sends it.
public record Outgoing(Sender sender, SimulatedEvent event) {}
