package dev.hooklake.server.access;

import java.util.Optional;

/// One token a role. They open the API as `Authorization: Bearer ...`, and the console's login.
public record AccessTokens(AccessToken operator, AccessToken viewer) {
  private static final String SCHEME = "Bearer ";

  /// Whose token this is; empty for a stranger's.
  public Optional<Caller> caller(String token) {
    // Both are always compared, so that the time tells nothing.
    boolean isOperator = operator.is(token);
    boolean isViewer = viewer.is(token);
    if (isOperator) {
      return Optional.of(new Caller("operator token", Role.OPERATOR));
    }
    return isViewer ? Optional.of(new Caller("viewer token", Role.VIEWER)) : Optional.empty();
  }

  /// The same for the value of an `Authorization` header.
  public Optional<Caller> bearer(String authorization) {
    return isBearer(authorization)
        ? caller(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /// Whether the value of an `Authorization` header is meant to be a token.
  public static boolean isBearer(String authorization) {
    return authorization.startsWith(SCHEME);
  }
}
