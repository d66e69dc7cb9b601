package dev.hooklake.server.enrichment.note;

/// What notes show.
///
/// @param cpf how much of a CPF is shown
/// @param maxChars longer notes are cut at a line; the CRM documents no limit of its own
/// @param perLead how many notes a lead gets, ever
public record NoteSettings(ShownCpf cpf, int maxChars, int perLead) {
  public static final NoteSettings DEFAULT = new NoteSettings(ShownCpf.MASKED, 5_000, 3);

  private static final int FEWEST_CHARS = 500;

  /// How much of a CPF a note shows.
  public enum ShownCpf {
    /// The last two digits.
    MASKED,
    FULL,
    NONE
  }

  public NoteSettings {
    if (maxChars < FEWEST_CHARS) {
      throw new IllegalArgumentException(
          "a note of at most " + maxChars + " characters says nothing; give at least 500");
    }
    if (perLead < 0) {
      throw new IllegalArgumentException("notes per lead is " + perLead + "; give 0 or more");
    }
  }
}
