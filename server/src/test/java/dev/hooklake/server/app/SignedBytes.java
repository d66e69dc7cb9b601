package dev.hooklake.server.app;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/// Requests as Customer.io sends them, as bytes, for tests that send all but a little of one.
record SignedBytes(String path, String key) {

  /// Up to the body, of which only what `framing` says is left to doubt.
  String head(byte[] body, String framing) {
    return "POST " + path + " HTTP/1.1\r\nHost: h\r\n" + headers(body) + framing + "\r\n\r\n";
  }

  /// The headers that vouch for this body.
  String headers(byte[] body) {
    var headers = new StringBuilder();
    new CustomerIoSigner(Secret.of(key))
        .sign(Payload.wrap(body), Instant.now())
        .values()
        .forEach((name, values) -> headers.append(name + ": " + values.getFirst() + "\r\n"));
    return headers.toString();
  }

  static String lengthOf(byte[] body) {
    return "Content-Length: " + body.length;
  }

  static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
