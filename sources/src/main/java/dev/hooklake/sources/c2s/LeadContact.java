package dev.hooklake.sources.c2s;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a lead is and how to reach them, exactly as sent; never printed.
///
/// @param phones the international form first, where there is one
public record LeadContact(@Nullable String name, @Nullable String email, List<String> phones) {
  public LeadContact {
    phones = List.copyOf(phones);
  }

  @Override
  public String toString() {
    return "LeadContact[" + phones.size() + " phones]";
  }
}
