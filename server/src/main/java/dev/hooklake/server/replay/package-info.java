/// Derives typed rows again from the landing table, after a decoder was mended.
@NullMarked
package dev.hooklake.server.replay;

import org.jspecify.annotations.NullMarked;
