/// Tests of the operations database, and the databases other packages' tests run on.
@NullMarked
package dev.hooklake.server.operations;

import org.jspecify.annotations.NullMarked;
