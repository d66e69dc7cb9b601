/// Streams events into warehouses: one row an event, once.
@NullMarked
package dev.hooklake.server.sinks;

import org.jspecify.annotations.NullMarked;
