/// Invented Customer.io traffic, and a client that sends it over real HTTP as the provider would.
@NullMarked
package dev.hooklake.server.simulator;

import org.jspecify.annotations.NullMarked;
