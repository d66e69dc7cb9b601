package dev.hooklake.server.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One kept-alive HTTP/1.1 connection that posts and reads back the status.
///
/// Written for load: a request is one buffer and one system call, where a general client costs the
/// machine several times as much and would measure itself. Opens again by itself after a failure.
final class HttpConnection implements Closeable {
  /// The provider waits this long for an answer.
  private static final int TIMEOUT_MILLIS = 4_000;

  private static final int MAX_LINE = 8_192;

  private final URI url;
  private final String host;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private byte[] request = new byte[4_096];

  HttpConnection(URI url) {
    this.url = url;
    this.host = " HTTP/1.1\r\nHost: " + url.getRawAuthority() + "\r\n";
  }

  /// Posts once to a path and query and returns the HTTP status. After an exception nobody knows
  /// whether the receiver took the event.
  int post(String target, Headers headers, Payload body) throws IOException {
    boolean answered = false;
    try {
      Socket open = socket == null ? open() : socket;
      int length = compose(target, headers, body);
      open.getOutputStream().write(request, 0, length);
      int status = readStatus(in);
      answered = true;
      return status;
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private Socket open() throws IOException {
    boolean tls = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    Socket plain = new Socket();
    socket = plain;
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(TIMEOUT_MILLIS);
    plain.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
    Socket open = tls ? secured(plain, port) : plain;
    socket = open;
    in = new BufferedInputStream(open.getInputStream(), 1_024);
    return open;
  }

  private Socket secured(Socket plain, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, url.getHost(), port, true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    return secured;
  }

  /// Lays the whole request into `request` and returns its length.
  private int compose(String target, Headers headers, Payload body) {
    var text = new StringBuilder("POST ").append(target).append(host);
    headers
        .values()
        .forEach((name, values) ->
            values.forEach(value -> text.append(name).append(": ").append(value).append("\r\n")));
    text.append("content-length: ").append(body.size()).append("\r\n\r\n");
    byte[] head = text.toString().getBytes(ISO_8859_1);
    int length = head.length + body.size();
    if (request.length < length) {
      request = new byte[length];
    }
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body.unsafeBytes(), 0, request, head.length, body.size());
    return length;
  }

  private int readStatus(InputStream answers) throws IOException {
    String line = readLine(answers);
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IOException("the receiver did not answer in HTTP/1.1");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    long length = status == 204 ? 0 : -1;
    boolean last = false;
    for (String header = readHeader(answers); !header.isEmpty(); header = readHeader(answers)) {
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).trim());
      }
      last |= header.startsWith("connection:") && header.endsWith("close");
    }
    finish(answers, length, last);
    return status;
  }

  /// An answer of unknown length costs the connection.
  private void finish(InputStream answers, long length, boolean last) throws IOException {
    if (length > 0) {
      answers.skipNBytes(length);
    }
    if (last || length < 0) {
      close();
    }
  }

  private static String readHeader(InputStream answers) throws IOException {
    return readLine(answers).toLowerCase(Locale.ROOT);
  }

  private static String readLine(InputStream answers) throws IOException {
    var line = new StringBuilder(64);
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new EOFException("the receiver closed the connection");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("a line of the receiver's answer is over " + MAX_LINE + " bytes");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
