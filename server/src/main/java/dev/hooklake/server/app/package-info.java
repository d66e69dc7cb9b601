/// Start, settings and wiring.
@NullMarked
package dev.hooklake.server.app;

import org.jspecify.annotations.NullMarked;
