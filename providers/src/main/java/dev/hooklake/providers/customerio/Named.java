package dev.hooklake.providers.customerio;

/// A campaign, newsletter, broadcast, transactional message or workflow action, and its name.
///
/// @param kind `campaign newsletter broadcast transactional action`
/// @param parentId of an action: its campaign or broadcast; else 0
/// @param state or type as the provider words it; empty when it does not say
public record Named(String kind, long id, long parentId, String name, String state) {}
