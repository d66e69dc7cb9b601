package dev.hooklake.server.simulator;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.time.Instant;

/// Gives the headers that make a body authentic.
@FunctionalInterface
public interface Signing {
  Headers sign(Payload body, Instant at);
}
