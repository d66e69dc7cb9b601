/// Journal, lake and source by hand, each fault a field.
@NullMarked
package dev.hooklake.server.fake;

import org.jspecify.annotations.NullMarked;
