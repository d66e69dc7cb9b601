/// Load runs against the real program, with a correctness total beside every figure.
@NullMarked
package dev.hooklake.benchmarks;

import org.jspecify.annotations.NullMarked;
