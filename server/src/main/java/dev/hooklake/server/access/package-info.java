/// Who may use the admin port: tokens, sessions, OpenID Connect, and the record of what they did.
@NullMarked
package dev.hooklake.server.access;

import org.jspecify.annotations.NullMarked;
