/// Takes a person out of everything that Hooklake holds.
@NullMarked
package dev.hooklake.server.erasure;

import org.jspecify.annotations.NullMarked;
