package dev.hooklake.server.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A provider's id of a message as people type it: `twilio:SM1f0e...`. Ids may hold colons, names
/// of sources do not.
record ExternalIdText(String source, String id) {

  static final class Converter implements ITypeConverter<ExternalIdText> {
    @Override
    public ExternalIdText convert(@Nullable String text) {
      String[] parts = Objects.requireNonNull(text).split(":", 2);
      if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new TypeConversionException(
            "write the source, a colon and the id, for example twilio:SM123");
      }
      return new ExternalIdText(parts[0], parts[1]);
    }
  }
}
