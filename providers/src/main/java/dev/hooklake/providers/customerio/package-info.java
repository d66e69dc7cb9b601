/// Customer.io's App API: reporting webhooks, metrics, messages, names.
@NullMarked
package dev.hooklake.providers.customerio;

import org.jspecify.annotations.NullMarked;
