package dev.hooklake.server.enrichment.contact;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Compares names as registers and people write them: without accents and case, in any order, with
/// some of them left out.
public final class PersonName {
  private static final double ALIKE = 0.7;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z0-9]+");

  /// Particles say nothing about who somebody is.
  private static final Set<String> PARTICLES = Set.of("DA", "DE", "DI", "DO", "DAS", "DOS", "E");

  private PersonName() {}

  /// In capitals, without accents, one blank between words.
  public static String normalised(String name) {
    String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    return BETWEEN_WORDS.matcher(plain.toUpperCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /// Whether two names may be one person's: of the shorter name's words, seven in ten are in the
  /// other.
  public static boolean alike(String first, String second) {
    return similarity(first, second) >= ALIKE;
  }

  /// The share of the shorter name's words that the longer one has too, 0 to 1.
  static double similarity(String first, String second) {
    Set<String> one = words(first);
    Set<String> other = words(second);
    int shorter = Math.min(one.size(), other.size());
    return shorter == 0 ? 0 : (double) one.stream().filter(other::contains).count() / shorter;
  }

  private static Set<String> words(String name) {
    return Arrays.stream(normalised(name).split(" "))
        .filter(word -> !word.isEmpty() && !PARTICLES.contains(word))
        .collect(Collectors.toUnmodifiableSet());
  }
}
