/// The admin port: status, metrics and the outcome of one delivery.
@NullMarked
package dev.hooklake.server.admin;

import org.jspecify.annotations.NullMarked;
