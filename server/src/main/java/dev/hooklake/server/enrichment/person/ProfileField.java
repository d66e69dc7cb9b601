package dev.hooklake.server.enrichment.person;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What may be taken from a register. Health, relatives, neighbours, purchases and whatever else
/// registers send are not here and cannot be switched on.
public enum ProfileField {
  NAME,
  BIRTH_DATE,
  SEX,
  EMAILS,
  PHONES,
  ADDRESSES,
  COMPANIES,
  MOTHER_NAME,
  INCOME,
  PURCHASING_POWER,
  CREDIT_SCORE;

  /// What a seller needs to talk to somebody.
  public static final Set<ProfileField> DEFAULT = Set.copyOf(EnumSet.range(NAME, COMPANIES));

  /// The word for it in settings, for example `birth-date`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
