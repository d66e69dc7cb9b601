package dev.hooklake.sources.generic;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.signature.Secret;
import org.jspecify.annotations.Nullable;

/// What the provider is answered.
///
/// @param echo a field of the body whose text is the answer when it is there; for providers that
///   ask so whether an address is ours
/// @param handshake how a GET asks the same; null when none does
record AnswerRules(
    Answer accepted, int refusedStatus, @Nullable Origin echo, @Nullable Handshake handshake) {

  /// @param token what the provider must present; null refuses every handshake
  record Handshake(String tokenParameter, String challengeParameter, @Nullable Secret token) {}
}
