/// Resend: what became of emails, and changes of contacts, domains and suppressions.
@NullMarked
package dev.hooklake.sources.resend;

import org.jspecify.annotations.NullMarked;
