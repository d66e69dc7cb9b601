package dev.hooklake.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Scripts, styles and images of the console, from the program itself.
///
/// Each has the digest of its bytes in its address, so browsers keep it for ever and never wrongly,
/// and pages name the digest too, so that nothing else is run in its place.
public final class Assets {
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final Map<String, String> FILES =
      Map.of(
          "console.css", "assets/console.css",
          "console.js", "assets/console.js",
          "icon.svg", "assets/icon.svg",
          "htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js",
          "echarts.js", WEBJARS + "echarts/5.5.0/echarts.common.min.js");

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  Assets() {
    FILES.forEach((name, file) -> byName.put(name, Asset.of(name, read(file))));
  }

  public Asset get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("there is no asset " + name));
  }

  Optional<Asset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static byte[] read(String file) {
    try (InputStream in = Assets.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// One file.
  public static final class Asset {
    private final String path;
    private final String integrity;
    private final String contentType;
    private final byte[] bytes;

    private Asset(String path, String integrity, String contentType, byte[] bytes) {
      this.path = path;
      this.integrity = integrity;
      this.contentType = contentType;
      this.bytes = bytes;
    }

    static Asset of(String name, byte[] bytes) {
      byte[] digest = digest(bytes);
      String fingerprint = HexFormat.of().formatHex(digest, 0, 8);
      return new Asset(
          "/assets/" + fingerprint + "/" + name,
          "sha384-" + Base64.getEncoder().encodeToString(digest),
          contentType(name),
          bytes);
    }

    /// Where it is served.
    public String path() {
      return path;
    }

    /// For the attribute of that name.
    public String integrity() {
      return integrity;
    }

    String contentType() {
      return contentType;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    private static String contentType(String name) {
      return switch (name.substring(name.lastIndexOf('.'))) {
        case ".css" -> "text/css; charset=utf-8";
        case ".js" -> "text/javascript; charset=utf-8";
        case ".svg" -> "image/svg+xml";
        case ".woff2" -> "font/woff2";
        default -> throw new IllegalArgumentException("unknown kind of asset: " + name);
      };
    }

    private static byte[] digest(byte[] bytes) {
      try {
        return MessageDigest.getInstance("SHA-384").digest(bytes);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-384", e);
      }
    }
  }
}
