/// Resend's list of emails, and its counts.
@NullMarked
package dev.hooklake.providers.resend;

import org.jspecify.annotations.NullMarked;
