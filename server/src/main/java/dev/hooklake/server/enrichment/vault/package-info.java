/// Keeps what must not lie about in clear, under keys that can be changed.
@NullMarked
package dev.hooklake.server.enrichment.vault;

import org.jspecify.annotations.NullMarked;
