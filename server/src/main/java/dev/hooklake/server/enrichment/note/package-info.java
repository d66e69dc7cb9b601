/// The note that a seller reads in the CRM, in Portuguese.
@NullMarked
package dev.hooklake.server.enrichment.note;

import org.jspecify.annotations.NullMarked;
