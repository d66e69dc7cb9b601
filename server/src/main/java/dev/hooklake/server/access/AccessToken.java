package dev.hooklake.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A text that opens the admin port for one role. Given by a setting, or kept in a file that only
/// its owner can read and that the first start makes.
public final class AccessToken {
  private static final int BYTES = 32;
  private static final int FEWEST_CHARACTERS = 16;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /// A token somebody chose; refused when it could be guessed.
  public static AccessToken of(String text) {
    if (text.length() < FEWEST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a token of "
              + text.length()
              + " characters can be guessed; give at least "
              + FEWEST_CHARACTERS);
    }
    return new AccessToken(text);
  }

  /// Reads the token, or makes one when there is none.
  public static AccessToken in(Path file) throws IOException {
    if (!Files.exists(file)) {
      write(file, random());
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException(
          "the admin token in " + file + " is empty; delete the file and restart");
    }
    return new AccessToken(text);
  }

  /// Compares in a time that does not depend on where the difference is.
  boolean is(String given) {
    return Digest.same(given, text);
  }

  /// For the program's own commands.
  public String reveal() {
    return text;
  }

  /// Written aside and moved, so that a crash leaves a whole token or none.
  private static void write(Path file, String token) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(aside, OWNER_ONLY);
    Files.write(aside, (token + "\n").getBytes(US_ASCII));
    try {
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      // Another start was first; its token counts.
      Files.deleteIfExists(aside);
    }
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "AccessToken";
  }
}
