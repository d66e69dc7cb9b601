/// The durable log in front of the lake, and the index that recognises repeats.
@NullMarked
package dev.hooklake.journal;

import org.jspecify.annotations.NullMarked;
