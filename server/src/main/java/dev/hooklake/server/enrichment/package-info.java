/// Enriches leads in the background: each event of the CRM becomes a job whose steps are recorded
/// as they end, so that a crash repeats none of them, and the seller gets one note.
@NullMarked
package dev.hooklake.server.enrichment;

import org.jspecify.annotations.NullMarked;
