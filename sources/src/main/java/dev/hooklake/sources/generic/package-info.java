/// A source by configuration alone: any signed sender of JSON or forms, without code.
@NullMarked
package dev.hooklake.sources.generic;

import org.jspecify.annotations.NullMarked;
