/// What we ask of the CRM itself.
@NullMarked
package dev.hooklake.server.enrichment.crm;

import org.jspecify.annotations.NullMarked;
