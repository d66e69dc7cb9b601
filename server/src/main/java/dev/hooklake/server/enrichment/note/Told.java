package dev.hooklake.server.enrichment.note;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.person.PersonProfile;
import java.util.Optional;

/// A person whom a note tells of.
///
/// @param profile empty when no register knows more, or none answered
/// @param nameDiffers from the name that the lead gave
public record Told(Cpf cpf, Optional<PersonProfile> profile, boolean nameDiffers) {}
