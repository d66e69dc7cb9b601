/// What registers know of people: two small questions, and the shapes in which some answer them.
///
/// Only fields on the allow-list come through here; everything else that a register sends is
/// dropped before anybody else sees it.
@NullMarked
package dev.hooklake.server.enrichment.person;

import org.jspecify.annotations.NullMarked;
