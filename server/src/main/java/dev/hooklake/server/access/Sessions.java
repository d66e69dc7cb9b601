package dev.hooklake.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The browsers that are logged in. Kept in memory: after a restart people log in again.
///
/// Of a session's secret only the digest is kept; the secret itself is the browser's cookie.
public final class Sessions {
  private final SessionLimits limits;
  private final InstantSource clock;

  /// In the order of use: the one that was quiet longest comes first.
  private final Map<String, Entry> byDigest = new LinkedHashMap<>(16, 0.75f, true);

  public Sessions(SessionLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// What a login gives: the cookie's value, and the session behind it.
  public record Opened(String secret, Session session) {}

  public synchronized Opened open(Caller caller) {
    Instant now = clock.instant();
    byDigest.values().removeIf(entry -> entry.over(now, limits));
    if (byDigest.size() >= limits.most()) {
      byDigest.remove(byDigest.keySet().iterator().next());
    }
    String secret = RandomText.next();
    var session = new Session(caller, RandomText.next(), now);
    byDigest.put(Digest.of(secret), new Entry(session, now));
    return new Opened(secret, session);
  }

  /// The session of a cookie, which has been used by this; empty when there is none any more.
  public synchronized Optional<Session> find(String secret) {
    Instant now = clock.instant();
    String digest = Digest.of(secret);
    Entry entry = byDigest.get(digest);
    if (entry == null || entry.over(now, limits)) {
      byDigest.remove(digest);
      return Optional.empty();
    }
    byDigest.put(digest, new Entry(entry.session, now));
    return Optional.of(entry.session);
  }

  public synchronized void end(String secret) {
    byDigest.remove(Digest.of(secret));
  }

  public Duration longest() {
    return limits.longest();
  }

  private record Entry(Session session, Instant usedAt) {
    boolean over(Instant now, SessionLimits limits) {
      return now.isAfter(usedAt.plus(limits.idle()))
          || now.isAfter(session.openedAt().plus(limits.longest()));
    }
  }
}
