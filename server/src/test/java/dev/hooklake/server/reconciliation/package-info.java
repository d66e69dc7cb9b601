/// Tests of reconciliation and backfill; whatever touches the database runs on SQLite and on
/// PostgreSQL.
@NullMarked
package dev.hooklake.server.reconciliation;

import org.jspecify.annotations.NullMarked;
