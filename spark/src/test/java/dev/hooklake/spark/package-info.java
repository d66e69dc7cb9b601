@NullMarked
package dev.hooklake.spark;

import org.jspecify.annotations.NullMarked;
