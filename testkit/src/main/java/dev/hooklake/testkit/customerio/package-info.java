/// Customer.io's App API as documented, over messages that are generated or remembered.
@NullMarked
package dev.hooklake.testkit.customerio;

import org.jspecify.annotations.NullMarked;
