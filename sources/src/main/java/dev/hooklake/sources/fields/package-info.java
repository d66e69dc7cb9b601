/// Reading events whose fields come as JSON or as a form: paths, times, arrays, and the filling of
/// a row that leaves nothing out.
@NullMarked
package dev.hooklake.sources.fields;

import org.jspecify.annotations.NullMarked;
