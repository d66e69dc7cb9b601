/// Tests of tracking; whatever touches the database runs on SQLite and on PostgreSQL.
@NullMarked
package dev.hooklake.server.tracking;

import org.jspecify.annotations.NullMarked;
