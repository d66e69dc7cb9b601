package dev.hooklake.server.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key and its own authority's certificate, made by the JDK's keytool in a folder.
public final class Certificate {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "host";

  private final Path store;

  private Certificate(Path store) {
    this.store = store;
  }

  /// Makes both, valid from yesterday on.
  ///
  /// @param names for example `dns:hooks.example.org` or `ip:127.0.0.1`
  public static Certificate of(Path folder, String names) throws Exception {
    Path store = folder.resolve(names.replaceAll("[^a-z0-9]", "-") + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=hooklake test",
                    "-ext",
                    "SAN=" + names,
                    "-startdate",
                    "-1d",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    return new Certificate(store);
  }

  /// For the server that has the key.
  public SSLContext server() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(opened(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /// A store that trusts this certificate.
  public Path store() {
    return store;
  }

  public String password() {
    return PASSWORD;
  }

  public Path pem() throws Exception {
    return written("CERTIFICATE", opened().getCertificate(ALIAS).getEncoded(), ".pem");
  }

  /// The key, for its owner's eyes only.
  public Path keyPem() throws Exception {
    byte[] key = opened().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    Path file = written("PRIVATE KEY", key, ".key");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path written(String what, byte[] bytes, String ending) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        store.resolveSibling(store.getFileName() + ending),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
  }

  private KeyStore opened() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
