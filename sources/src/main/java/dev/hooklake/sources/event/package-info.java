/// The event model: engine-neutral tables, columns and rows.
@NullMarked
package dev.hooklake.sources.event;

import org.jspecify.annotations.NullMarked;
