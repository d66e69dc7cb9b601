/// Batches become Delta commits; snapshots become file lists.
@NullMarked
package dev.hooklake.lake;

import org.jspecify.annotations.NullMarked;
