package dev.hooklake.server.alerts;

/// Something that a rule objects to.
///
/// @param subject what it is about, such as a source; with the rule it tells one alert from another
/// @param summary a sentence with the figures, without secrets and without anything about a person
public record Finding(String subject, Severity severity, String summary) {}
