/// What became of each message we sent: status, times, cost and failure, by our id or the
/// provider's.
@NullMarked
package dev.hooklake.server.tracking;

import org.jspecify.annotations.NullMarked;
