package dev.hooklake.sources.generic;

import dev.hooklake.sources.fields.FieldPath;
import java.util.List;

/// How a delivery becomes events.
///
/// @param formField the form field that holds the JSON; empty when the body itself is the event
/// @param split arrays that hold several events, outermost first
/// @param key the parts of the event key; the digest of the event when there are none, or the first
///   is missing
record EventRules(String formField, List<FieldPath> split, List<ValueRule> key) {
  EventRules {
    split = List.copyOf(split);
    key = List.copyOf(key);
  }
}
