package dev.hooklake.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Sends requests over keep-alive connections from one thread, so that the generator costs the
/// server beside it as little as possible. Sockets only to the loopback address.
///
/// Unpaced, every connection sends its next request as soon as the answer is there. Paced, a
/// request is due every 1/rate seconds whether or not a connection is free, and its latency counts
/// from then: a stalled server cannot hide behind a generator that waited for it.
final class LoadClient {
  static final long NO_PACE = 0;

  private final int port;
  private final int connections;
  private final Histogram latencyMicros = new Histogram(60_000_000L, 3);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private long accepted;
  private long refused;

  LoadClient(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  /// What a run did. Latencies in microseconds.
  record Result(long accepted, long refused, double seconds, Histogram latencyMicros) {
    double perSecond() {
      return accepted / seconds;
    }

    double millis(double percentile) {
      return latencyMicros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  Result run(Supplier<ByteBuffer> requests, long count) throws IOException {
    return run(requests, count, NO_PACE);
  }

  Result run(Supplier<ByteBuffer> requests, long count, long perSecond) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        idle.add(new Connection(selector));
      }
      long start = System.nanoTime();
      long sent = 0;
      while (accepted + refused < count) {
        long due = due(start, count, perSecond);
        while (sent < due && !idle.isEmpty()) {
          long at =
              perSecond == NO_PACE ? System.nanoTime() : start + sent * 1_000_000_000 / perSecond;
          idle.remove().send(requests.get(), at);
          sent++;
        }
        selector.select(this::answered, 1);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Result(accepted, refused, seconds, latencyMicros);
    }
  }

  private static long due(long start, long count, long perSecond) {
    if (perSecond == NO_PACE) {
      return count;
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    return Math.min(count, (long) (elapsed * perSecond) + 1);
  }

  private void answered(SelectionKey key) {
    try {
      ((Connection) key.attachment()).receive();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the server cut a connection off", e);
    }
  }

  /// One connection, one request in flight.
  private final class Connection {
    private final SocketChannel channel;
    private final byte[] answerBytes = new byte[4096];
    private final ByteBuffer answer = ByteBuffer.wrap(answerBytes);
    private long sentAt;

    Connection(Selector selector) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(ByteBuffer request, long at) throws IOException {
      sentAt = at;
      while (request.hasRemaining()) {
        channel.write(request); // a request fits the socket's buffer, so this does not spin
      }
    }

    void receive() throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("end of stream");
      }
      int status = HttpAnswer.statusIfWhole(answerBytes, answer.position());
      if (status == HttpAnswer.NOT_YET) {
        return;
      }
      answer.clear();
      latencyMicros.recordValue(Math.max(1, (System.nanoTime() - sentAt) / 1000));
      if (status / 100 == 2) {
        accepted++;
      } else {
        refused++;
      }
      idle.add(this);
    }
  }
}
