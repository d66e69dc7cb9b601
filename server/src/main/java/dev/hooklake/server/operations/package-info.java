/// The operations database: what needs transactions and look-ups, on SQLite or PostgreSQL.
///
/// One set of SQL and migrations serves both, so it keeps to what they share: `TEXT`, `INTEGER` and
/// `BIGINT` columns, times as microseconds since the epoch, `ON CONFLICT`, `UPDATE ... FROM` and
/// row values.
@NullMarked
package dev.hooklake.server.operations;

import org.jspecify.annotations.NullMarked;
