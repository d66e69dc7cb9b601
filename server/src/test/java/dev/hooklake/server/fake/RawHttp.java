package dev.hooklake.server.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// A client that sends exactly the bytes it is given.
public final class RawHttp implements AutoCloseable {

  /// One answer as it came: status line, headers and body.
  public record Reply(int status, String head, String body) {
    public String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /// Instead of a status, when the connection ended without an answer.
  public static final int CLOSED = 0;

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private boolean cutOff;

  public RawHttp(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  public RawHttp send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  /// A connection that the server has cut off shows at the next reading.
  public RawHttp send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (java.net.SocketException e) {
      cutOff = true;
    }
    return this;
  }

  public Reply reply() throws IOException {
    InputStream in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after " + head.size() + " bytes of an answer");
      }
      head.write(next);
    }
    String text = head.toString(ISO_8859_1);
    var reply = new Reply(Integer.parseInt(text.substring(9, 12)), text, "");
    String length = reply.header("content-length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Reply(reply.status(), text, new String(body, ISO_8859_1));
  }

  /// The status of the next answer, or `CLOSED` when the connection ends before one.
  public int statusOrClosed() {
    try {
      return reply().status();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("neither an answer nor an end", e);
    } catch (IOException e) {
      return CLOSED;
    }
  }

  /// All that still comes, up to the end of the connection.
  public String untilClosed() throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection does not end", e);
    } catch (IOException e) {
      // Cut off: that is an end too.
    }
    return all.toString(ISO_8859_1);
  }

  /// Says that nothing more will be sent.
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // Already cut off.
    }
  }

  /// True when the server closed the connection without another byte, politely or not.
  public boolean closedByServer() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /// Waits for so long, and says whether the server closed the connection meanwhile.
  public boolean closedWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    boolean closed = closedByServer();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return closed;
  }

  /// Whether sending found the connection cut off.
  public boolean isCutOff() {
    return cutOff;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
