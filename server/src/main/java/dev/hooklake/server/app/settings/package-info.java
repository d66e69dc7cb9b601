/// Settings from file and environment, area by area, checked all at once.
@NullMarked
package dev.hooklake.server.app.settings;

import org.jspecify.annotations.NullMarked;
