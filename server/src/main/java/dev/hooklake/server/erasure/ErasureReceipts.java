package dev.hooklake.server.erasure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps the receipts of erasures as files, for whoever has to show them later.
public record ErasureReceipts(Path directory) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// What an erasure needs that goes on with one that was broken off.
  public Path unfinished() {
    return directory.resolve("unfinished.json");
  }

  /// Returns the file.
  public Path keep(ErasureReceipt receipt) throws IOException {
    Files.createDirectories(directory);
    Path file =
        directory.resolve(receipt.startedAt().replace(':', '-') + "-" + receipt.id() + ".json");
    Path aside = directory.resolve(receipt.id() + ".tmp");
    Files.writeString(aside, json(receipt));
    return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String json(ErasureReceipt receipt) throws IOException {
    return JSON.writeValueAsString(receipt) + System.lineSeparator();
  }
}
