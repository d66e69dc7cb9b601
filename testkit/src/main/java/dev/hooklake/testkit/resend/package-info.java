/// Resend's list of emails as documented.
@NullMarked
package dev.hooklake.testkit.resend;

import org.jspecify.annotations.NullMarked;
