package dev.hooklake.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says when there were too many wrong logins: so many a minute from one address, and so many from
/// all. A token that is right is never held up by it, else a stranger could lock its owner out.
///
/// Behind a proxy all browsers have its address, so the two limits are not far apart.
public final class LoginLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int FROM_ONE = 10;
  private static final int FROM_ALL = 30;
  private static final int MOST_ADDRESSES = 1000;
  private static final String ALL = "";

  private final InstantSource clock;
  private final Map<String, Window> failures = new LinkedHashMap<>();

  public LoginLimit(InstantSource clock) {
    this.clock = clock;
  }

  /// How long an address has to wait before it may try again; zero when it may now.
  public synchronized Duration wait(String address) {
    Duration own = wait(address, FROM_ONE);
    Duration all = wait(ALL, FROM_ALL);
    return own.compareTo(all) > 0 ? own : all;
  }

  /// One more; true for the one that makes the address wait.
  public synchronized boolean failed(String address) {
    boolean waited = !wait(address).isZero();
    count(address);
    return !waited && !wait(address).isZero();
  }

  private void count(String address) {
    Instant now = clock.instant();
    failures.values().removeIf(window -> window.over(now));
    if (failures.size() < MOST_ADDRESSES || failures.containsKey(address)) {
      failures.merge(address, new Window(now, 1), Window::plus);
    }
    failures.merge(ALL, new Window(now, 1), Window::plus);
  }

  private Duration wait(String address, int most) {
    Instant now = clock.instant();
    Window window = failures.get(address);
    return window == null || window.over(now) || window.count < most
        ? Duration.ZERO
        : Duration.between(now, window.since.plus(WINDOW)).plusMillis(1);
  }

  private record Window(Instant since, int count) {
    boolean over(Instant now) {
      return now.isAfter(since.plus(WINDOW));
    }

    Window plus(Window other) {
      return new Window(since, count + other.count);
    }
  }
}
