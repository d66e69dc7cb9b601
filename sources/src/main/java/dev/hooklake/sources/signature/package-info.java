/// Secrets and the codes made with them.
@NullMarked
package dev.hooklake.sources.signature;

import org.jspecify.annotations.NullMarked;
