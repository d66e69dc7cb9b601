/// Sends chosen events on to other URLs, signed, until each has answered.
@NullMarked
package dev.hooklake.server.forwarding;

import org.jspecify.annotations.NullMarked;
