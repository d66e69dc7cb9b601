/// Customer.io reporting webhooks: how they are signed, split into events and understood.
@NullMarked
package dev.hooklake.sources.customerio;

import org.jspecify.annotations.NullMarked;
