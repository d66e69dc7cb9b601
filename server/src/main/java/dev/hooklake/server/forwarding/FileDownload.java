package dev.hooklake.server.forwarding;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/// Fetches a file from an address that somebody else named, such as a signed link in a provider's
/// answer.
///
/// Goes where the [AddressGuard] lets it, by https, and nowhere else: no redirects, no credentials
/// of ours, no proxy. The file is written as it comes and never whole in memory. Messages do not
/// hold the address, which may open the file for whoever reads it.
public final class FileDownload {
  private static final Duration EACH_STEP = Duration.ofSeconds(30);
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int PIECE_BYTES = 64 << 10;

  private FileDownload() {}

  /// How much of everything.
  ///
  /// @param bytes the longest file
  /// @param time for all of it
  /// @param here whether the address may be one of this machine, by http too
  public record Limits(long bytes, Duration time, boolean here) {}

  /// Whether an address is one of this machine, by its name.
  public static boolean isThisMachine(URI address) {
    return THIS_MACHINE.contains(String.valueOf(address.getHost()));
  }

  /// Writes the file over `to`, synced.
  ///
  /// @throws IOException saying why there is no whole file; what is in `to` then is not it
  public static void fetch(URI address, Path to, Limits limits, InstantSource clock)
      throws IOException {
    boolean here = limits.here() && isThisMachine(address);
    boolean plain = here || "https".equalsIgnoreCase(address.getScheme());
    if (!plain || address.getRawUserInfo() != null) {
      throw new IOException("its address is not a plain one of https");
    }
    var get = new HttpGet(address);
    try (CloseableHttpClient client = client(here);
        FileChannel file =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        ClassicHttpResponse answer = client.executeOpen(null, get, null)) {
      copy(get, answer, file, new Bounds(limits, clock.instant().plus(limits.time()), clock));
    } catch (AddressGuard.Refused e) {
      throw new IOException("its address is refused: " + e.getMessage(), e);
    } catch (SSLException e) {
      throw new IOException("no secure connection", e);
    } catch (BrokenOff e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("the connection failed: " + e.getClass().getSimpleName(), e);
    }
  }

  private record Bounds(Limits limits, Instant deadline, InstantSource clock) {}

  private static final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOff(String why) {
      super(why);
    }
  }

  private static void copy(HttpGet get, ClassicHttpResponse answer, FileChannel file, Bounds bounds)
      throws IOException {
    try {
      if (answer.getCode() != 200 || answer.getEntity() == null) {
        throw new BrokenOff("it was answered " + answer.getCode());
      }
      copy(answer.getEntity().getContent(), file, bounds);
    } catch (IOException e) {
      // Else closing would read the rest.
      get.cancel();
      throw e;
    }
  }

  private static void copy(InputStream in, FileChannel file, Bounds bounds) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long written = 0;
    int read = in.read(piece);
    while (read >= 0) {
      written += read;
      if (written > bounds.limits().bytes()) {
        throw new BrokenOff(
            "it is longer than the " + bounds.limits().bytes() + " bytes there is room for");
      }
      if (bounds.clock().instant().isAfter(bounds.deadline())) {
        throw new BrokenOff(
            "it is not whole after " + bounds.limits().time().toMinutes() + " minutes");
      }
      write(file, ByteBuffer.wrap(piece, 0, read));
      read = in.read(piece);
    }
    file.force(true);
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws BrokenOff {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new BrokenOff("the disk does not take it: " + e.getMessage());
    }
  }

  private static CloseableHttpClient client(boolean here) {
    Timeout each = Timeout.of(EACH_STEP);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new AddressGuard(InetAddress::getAllByName, here))
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(each).setSocketTimeout(each).build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(each).build())
        .setUserAgent("Hooklake")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
