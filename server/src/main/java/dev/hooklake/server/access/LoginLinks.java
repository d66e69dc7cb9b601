package dev.hooklake.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Codes that log a browser in once: what the console's URL carries when it is printed. A code that
/// was used or is older than ten minutes is worth nothing, wherever the URL has been copied to.
public final class LoginLinks {
  public static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MOST = 100;

  private final InstantSource clock;
  private final Map<String, Entry> byDigest = new LinkedHashMap<>();

  public LoginLinks(InstantSource clock) {
    this.clock = clock;
  }

  /// A new code for this caller; past a hundred open ones the oldest is worth nothing any more.
  public synchronized String open(Caller caller) {
    if (byDigest.size() >= MOST) {
      byDigest.remove(byDigest.keySet().iterator().next());
    }
    String code = RandomText.next();
    byDigest.put(Digest.of(code), new Entry(caller, clock.instant().plus(LIFE)));
    return code;
  }

  /// Whom a code logs in; never twice.
  public synchronized Optional<Caller> use(String code) {
    Entry entry = byDigest.remove(Digest.of(code));
    return entry == null || clock.instant().isAfter(entry.until)
        ? Optional.empty()
        : Optional.of(entry.caller);
  }

  private record Entry(Caller caller, Instant until) {}
}
