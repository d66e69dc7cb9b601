package dev.hooklake.server.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Times as people type them: a day, or an instant; UTC.
final class Times {
  private Times() {}

  static Instant instant(CommandSpec command, String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          command.commandLine(),
          "'" + text + "' is no time; write 2026-03-01 or 2026-03-01T10:00:00Z",
          e);
    }
  }
}
