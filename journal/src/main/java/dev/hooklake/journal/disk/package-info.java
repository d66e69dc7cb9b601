/// What the journal asks of a disk, and the real one. Everything durable goes through this seam, so
/// a simulated disk can lose, tear, refuse and fill up.
@NullMarked
package dev.hooklake.journal.disk;

import org.jspecify.annotations.NullMarked;
