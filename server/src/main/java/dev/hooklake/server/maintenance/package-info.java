/// Keeps the lake's tables in shape while the server runs.
@NullMarked
package dev.hooklake.server.maintenance;

import org.jspecify.annotations.NullMarked;
