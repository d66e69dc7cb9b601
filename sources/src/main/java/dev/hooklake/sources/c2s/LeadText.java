package dev.hooklake.sources.c2s;

import org.jspecify.annotations.Nullable;

/// Something that was written about a lead or to it; never printed.
///
/// @param externalId the mark that its sender gave it; null when none
public record LeadText(@Nullable String externalId, String body) {
  @Override
  public String toString() {
    return "LeadText[" + body.length() + " characters]";
  }
}
