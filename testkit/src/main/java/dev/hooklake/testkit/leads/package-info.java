/// The CRM and the registers that leads are enriched with, as far as they are known: their shapes,
/// their ways of saying no, and bad days.
@NullMarked
package dev.hooklake.testkit.leads;

import org.jspecify.annotations.NullMarked;
