/// What we have, held against what the provider shows, and what is missing fetched from there.
@NullMarked
package dev.hooklake.server.reconciliation;

import org.jspecify.annotations.NullMarked;
