package dev.hooklake.sources.twilio;

import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.signature.Secret;
import java.util.List;
import java.util.Set;

/// How one Twilio endpoint of ours behaves.
///
/// @param name the source's name, as written into every table
/// @param authTokens the accounts' auth tokens; several while one is being changed
/// @param accountSids the accounts whose events are wanted; none means any that knows a token
/// @param address under which URL Twilio calls us, since it signs that URL
/// @param scheme how deliveries are signed
public record TwilioSettings(
    String name,
    List<Secret> authTokens,
    Set<String> accountSids,
    PublicAddress address,
    TwilioScheme scheme) {

  public TwilioSettings {
    authTokens = List.copyOf(authTokens);
    accountSids = Set.copyOf(accountSids);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a source needs a name, for example twilio");
    }
    if (authTokens.isEmpty() && scheme != TwilioScheme.NONE) {
      throw new IllegalArgumentException(
          name + " has no auth token; copy it from the account page of Twilio's console");
    }
    for (String sid : accountSids) {
      if (!sid.matches("AC[0-9a-fA-F]{32}")) {
        throw new IllegalArgumentException(
            name + " has a malformed account SID; it is AC and 32 hex digits");
      }
    }
  }

  /// Twilio's own scheme, any account.
  public static TwilioSettings of(String name, List<Secret> authTokens, PublicAddress address) {
    return new TwilioSettings(name, authTokens, Set.of(), address, TwilioScheme.TWILIO);
  }
}
