package dev.hooklake.server.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// Appends bodies to a file and syncs it, once for all that wait: what an answer after a sync costs
/// at least, whoever gives it.
final class GroupSync {
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final FileChannel file;

  private GroupSync(FileChannel file) {
    this.file = file;
  }

  static GroupSync into(Path path) throws IOException {
    var sync =
        new GroupSync(
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    Thread.ofPlatform().name("group-sync").daemon().start(sync::run);
    return sync;
  }

  /// Returns when the body is on disk.
  void store(byte[] body) {
    var waiting = new Waiting(Thread.currentThread(), body);
    queue.add(waiting);
    while (!waiting.synced) {
      LockSupport.park(this);
    }
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    try {
      while (true) {
        group.add(queue.take());
        queue.drainTo(group);
        write(group);
        List<Waiting> done = List.copyOf(group);
        Thread.startVirtualThread(() -> done.forEach(Waiting::wake));
        group.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Waiting> group) throws IOException {
    var all = ByteBuffer.allocate(group.stream().mapToInt(one -> one.body.length).sum());
    group.forEach(one -> all.put(one.body));
    all.flip();
    while (all.hasRemaining()) {
      file.write(all);
    }
    file.force(false);
  }

  private static final class Waiting {
    private final Thread caller;
    private final byte[] body;
    private volatile boolean synced;

    Waiting(Thread caller, byte[] body) {
      this.caller = caller;
      this.body = body;
    }

    void wake() {
      synced = true;
      LockSupport.unpark(caller);
    }
  }
}
