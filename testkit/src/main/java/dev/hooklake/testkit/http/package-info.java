/// A small HTTP server on the loopback: a rate limit, scripted faults, requests counted.
@NullMarked
package dev.hooklake.testkit.http;

import org.jspecify.annotations.NullMarked;
