package dev.hooklake.providers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list and the cursor of the next; null at the end.
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
    next = next == null || next.isEmpty() ? null : next;
  }
}
