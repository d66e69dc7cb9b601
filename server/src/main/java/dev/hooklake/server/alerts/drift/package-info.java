/// What providers send that our tables did not foresee: fields, metrics, types, by source.
@NullMarked
package dev.hooklake.server.alerts.drift;

import org.jspecify.annotations.NullMarked;
