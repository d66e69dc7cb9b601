/// The public port: reads a delivery, verifies it, stores it, answers.
@NullMarked
package dev.hooklake.server.intake;

import org.jspecify.annotations.NullMarked;
