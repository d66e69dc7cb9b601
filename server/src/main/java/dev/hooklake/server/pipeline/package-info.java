/// From the journal to the lake: reads records in order, decodes them, commits them in batches.
@NullMarked
package dev.hooklake.server.pipeline;

import org.jspecify.annotations.NullMarked;
