/// The commands, beside `serve`.
@NullMarked
package dev.hooklake.server.cli;

import org.jspecify.annotations.NullMarked;
