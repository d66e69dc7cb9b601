/// Again from the landing table: typed rows after a decoder was mended, and journal records for a
/// consumer that was off.
@NullMarked
package dev.hooklake.server.replay;

import org.jspecify.annotations.NullMarked;
