package dev.hooklake.providers.customerio;

/// A campaign, newsletter, broadcast, transactional message, workflow action or a newsletter's
/// content, and its name.
///
/// @param kind `campaign newsletter broadcast transactional action content`
/// @param parentId of an action its campaign or broadcast, of a content its newsletter; else 0
/// @param state or type as the provider words it; empty when it does not say
public record Named(String kind, long id, long parentId, String name, String state) {}
