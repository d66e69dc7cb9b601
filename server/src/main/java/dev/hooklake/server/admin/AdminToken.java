package dev.hooklake.server.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What opens the admin port. Kept in a file that only its owner can read; made at the first start.
public final class AdminToken {
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final String text;

  private AdminToken(String text) {
    this.text = text;
  }

  /// Reads the token, or makes one when there is none.
  public static AdminToken in(Path file) throws IOException {
    if (!Files.exists(file)) {
      write(file, random());
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException(
          "the admin token in " + file + " is empty; delete the file and restart");
    }
    return new AdminToken(text);
  }

  /// Compares in a time that does not depend on where the difference is.
  boolean opens(String authorization) {
    return authorization.startsWith(SCHEME)
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(UTF_8), text.getBytes(UTF_8));
  }

  /// For the program's own commands and the line that tells the operator how to get in.
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
    return "AdminToken";
  }
}
