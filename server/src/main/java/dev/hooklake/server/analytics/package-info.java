/// SQL over snapshots of the lake, in process.
@NullMarked
package dev.hooklake.server.analytics;

import org.jspecify.annotations.NullMarked;
