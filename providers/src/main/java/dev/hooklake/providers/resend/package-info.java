/// Resend's list of emails.
@NullMarked
package dev.hooklake.providers.resend;

import org.jspecify.annotations.NullMarked;
