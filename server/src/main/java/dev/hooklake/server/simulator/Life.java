package dev.hooklake.server.simulator;

/// Something that gives events for a while: a message on its way, a person's choice.
interface Life {

  /// The next event; only while it has not ended.
  SimulatedEvent tell(Dice dice);

  boolean ended();
}
