package dev.hooklake.server.access;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// The identity provider people log in with, and who of them may do what.
///
/// @param issuer as the provider writes itself, for example `https://login.example.com`
/// @param clientSecret empty for a public client
/// @param redirect where the provider sends browsers back to
/// @param claim of the identity token, whose value or values decide the role
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    URI redirect,
    String claim,
    RoleValues roles) {

  /// Which values of the claim make an operator and which a viewer; `*` takes everybody.
  public record RoleValues(List<String> operators, List<String> viewers) {
    private static final String EVERYBODY = "*";

    public RoleValues {
      operators = List.copyOf(operators);
      viewers = List.copyOf(viewers);
    }

    boolean operator(Set<String> values) {
      return any(operators, values);
    }

    boolean viewer(Set<String> values) {
      return any(viewers, values);
    }

    private static boolean any(List<String> wanted, Set<String> values) {
      return wanted.contains(EVERYBODY) || wanted.stream().anyMatch(values::contains);
    }
  }

  /// Without the client's secret.
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + " " + clientId + "]";
  }
}
