package dev.hooklake.server.access;

import org.jspecify.annotations.Nullable;

/// Who may come in, and for how long.
///
/// @param operator a token somebody chose; null: the one in the data directory
/// @param viewer the same for viewers
/// @param oidc null where no identity provider is set up
public record AccessSettings(
    @Nullable AccessToken operator,
    @Nullable AccessToken viewer,
    SessionLimits sessions,
    @Nullable OidcSettings oidc) {}
