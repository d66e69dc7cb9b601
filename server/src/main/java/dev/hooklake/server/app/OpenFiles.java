package dev.hooklake.server.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file handles that the system grants this process, shared between clients and disk.
final class OpenFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private OpenFiles() {}

  /// As many connections as there may be, so that journal and lake can always open their files:
  /// three quarters of the handles that are left.
  static int mostConnections(int wanted) {
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof UnixOperatingSystemMXBean system)) {
      return wanted;
    }
    long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    int most = Math.clamp(left / 4 * 3, 1, wanted);
    if (most < wanted) {
      LOG.warn(
          "At most {} connections instead of {}: the system grants this process {} open files."
              + " Raise the limit (ulimit -n, LimitNOFILE) or lower server.max-connections",
          most,
          wanted,
          system.getMaxFileDescriptorCount());
    }
    return most;
  }
}
