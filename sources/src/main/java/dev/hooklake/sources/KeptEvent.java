package dev.hooklake.sources;

/// An event of a delivery that is durable: by this delivery, or by an earlier one whose `duplicate`
/// it is.
public record KeptEvent(SourceEvent event, boolean duplicate) {}
