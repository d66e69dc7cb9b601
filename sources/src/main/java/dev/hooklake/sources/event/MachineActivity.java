package dev.hooklake.sources.event;

import org.jspecify.annotations.Nullable;

/// The one rule behind the column `is_machine`.
///
/// | flag       | says                                             | counts as machine |
/// |------------|--------------------------------------------------|-------------------|
/// | machine    | a machine followed the link                      | yes               |
/// | prefetched | a mail system fetched the message, unread        | yes               |
/// | proxied    | a proxy hid the reader, who may well have read   | no                |
/// | synthetic  | the open was deduced from a click, of either     | no                |
public final class MachineActivity {

  private MachineActivity() {}

  public static boolean isMachine(@Nullable Boolean machine, @Nullable Boolean prefetched) {
    return Boolean.TRUE.equals(machine) || Boolean.TRUE.equals(prefetched);
  }
}
