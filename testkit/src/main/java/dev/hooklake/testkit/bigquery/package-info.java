/// A BigQuery of ours, for tests of the real client.
@NullMarked
package dev.hooklake.testkit.bigquery;

import org.jspecify.annotations.NullMarked;
