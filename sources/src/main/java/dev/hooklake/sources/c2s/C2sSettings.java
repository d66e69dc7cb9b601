package dev.hooklake.sources.c2s;

import dev.hooklake.sources.signature.Secret;
import java.util.List;

/// How one C2S endpoint of ours behaves.
///
/// @param name the source's name, as written into every table
/// @param tokens what senders have to know; several while one is being changed, none to believe
///   everybody
/// @param eventKey what makes two events the same one
public record C2sSettings(String name, List<Secret> tokens, LeadKey eventKey) {

  public C2sSettings {
    tokens = List.copyOf(tokens);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a source needs a name, for example c2s");
    }
  }

  public static C2sSettings of(String name, List<Secret> tokens) {
    return new C2sSettings(name, tokens, LeadKey.UPDATED_AT);
  }
}
