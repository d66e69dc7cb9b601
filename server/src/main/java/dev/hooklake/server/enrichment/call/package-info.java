/// Calls to services that belong to others: in their pace, with an end to every wait, and not at
/// all while they are down.
@NullMarked
package dev.hooklake.server.enrichment.call;

import org.jspecify.annotations.NullMarked;
