/// Twilio: status callbacks, inbound messages and Event Streams.
@NullMarked
package dev.hooklake.sources.twilio;

import org.jspecify.annotations.NullMarked;
