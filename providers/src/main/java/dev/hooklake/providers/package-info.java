/// What the clients of all providers share: calls in a steady pace, retries, answers as values,
/// lists whose cursors may lie.
@NullMarked
package dev.hooklake.providers;

import org.jspecify.annotations.NullMarked;
