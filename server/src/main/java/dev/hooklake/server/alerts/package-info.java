/// Watches the server and what it has landed: rules over measurements, alerts that fire and
/// resolve, silences, and the channels that tell people.
@NullMarked
package dev.hooklake.server.alerts;

import org.jspecify.annotations.NullMarked;
