/// Twilio's list of messages.
@NullMarked
package dev.hooklake.providers.twilio;

import org.jspecify.annotations.NullMarked;
