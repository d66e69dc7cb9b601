/// The keys seen within the duplicate window: the newest in hash tables, the rest in sorted files
/// with a small filter in memory.
@NullMarked
package dev.hooklake.journal.index;

import org.jspecify.annotations.NullMarked;
