/// What people ask of a Customer.io account: its webhooks, and its own counts. Commands and the
/// admin port say the same things by it.
@NullMarked
package dev.hooklake.server.customerio;

import org.jspecify.annotations.NullMarked;
