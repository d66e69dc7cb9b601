/// Who sends webhooks, how a delivery is verified, split into events and understood.
///
/// Usable alone: Java 17, and nothing but a JSON parser beside it.
@NullMarked
package dev.hooklake.sources;

import org.jspecify.annotations.NullMarked;
