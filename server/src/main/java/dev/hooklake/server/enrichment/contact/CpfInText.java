package dev.hooklake.server.enrichment.contact;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the CPF that somebody wrote into free text: punctuated as one, or behind the word CPF.
///
/// One in a hundred runs of eleven digits passes the check, mobile numbers too, so that a bare run
/// is never taken for one.
public final class CpfInText {
  private static final Pattern PUNCTUATED =
      Pattern.compile("(?<![0-9.-])[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}(?![0-9])");

  private static final Pattern LABELLED =
      Pattern.compile(
          "(?i)\\bcpf\\b[^0-9\\n]{0,20}([0-9]{3}\\.?[0-9]{3}\\.?[0-9]{3}-?[0-9]{2})(?![0-9])");

  private CpfInText() {}

  /// The only one in all the texts. Two different ones tell nothing: either may be somebody else's.
  public static Optional<Cpf> only(Collection<String> texts) {
    Set<Cpf> found = new LinkedHashSet<>();
    texts.forEach(text -> find(text, found));
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  private static void find(String text, Set<Cpf> found) {
    Matcher punctuated = PUNCTUATED.matcher(text);
    while (punctuated.find()) {
      Cpf.parse(punctuated.group()).ifPresent(found::add);
    }
    Matcher labelled = LABELLED.matcher(text);
    while (labelled.find()) {
      Cpf.parse(labelled.group(1)).ifPresent(found::add);
    }
  }
}
