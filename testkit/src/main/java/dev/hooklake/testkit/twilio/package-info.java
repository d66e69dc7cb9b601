/// Twilio's list of messages as documented.
@NullMarked
package dev.hooklake.testkit.twilio;

import org.jspecify.annotations.NullMarked;
