package dev.hooklake.server.console;

import dev.hooklake.server.analytics.SqlFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps costly answers, so that many viewers and reloads ask only once.
///
/// An answer past its life is still given, while a fresh one is looked for beside it: pages that
/// are asked for again every few seconds never wait for the lake. After a failure nothing is kept.
final class Remembered<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final int MOST = 200;

  /// Finds the answer when it is not at hand.
  interface Question<K, V> {
    V ask(K key) throws IOException;
  }

  private final Duration life;
  private final InstantSource clock;
  private final Question<K, V> question;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
  private final Set<K> underWay = new HashSet<>();

  Remembered(Duration life, InstantSource clock, Question<K, V> question) {
    this.life = life;
    this.clock = clock;
    this.question = question;
  }

  /// Waits for a first answer.
  V get(K key) throws IOException {
    Entry<V> known = known(key);
    if (known != null) {
      return known.value();
    }
    V value = question.ask(key);
    put(key, value);
    return value;
  }

  /// What is at hand, never waiting; null until the first answer has come.
  @Nullable V peek(K key) {
    Entry<V> known = known(key);
    if (known == null) {
      refresh(key);
    }
    return known == null ? null : known.value();
  }

  private synchronized @Nullable Entry<V> known(K key) {
    Entry<V> entry = entries.get(key);
    if (entry != null && clock.instant().isAfter(entry.until())) {
      refresh(key);
    }
    return entry;
  }

  private synchronized void refresh(K key) {
    if (underWay.size() < MOST && underWay.add(key)) {
      Thread.ofPlatform().name("remembered").daemon().start(() -> refreshNow(key));
    }
  }

  private void refreshNow(K key) {
    try {
      put(key, question.ask(key));
    } catch (IOException | SqlFailure e) {
      forget(key);
      LOG.debug("An answer could not be refreshed");
    } finally {
      ended(key);
    }
  }

  private synchronized void put(K key, V value) {
    if (entries.size() >= MOST && !entries.containsKey(key)) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(key, new Entry<>(value, clock.instant().plus(life)));
  }

  private synchronized void forget(K key) {
    entries.remove(key);
  }

  private synchronized void ended(K key) {
    underWay.remove(key);
  }

  private record Entry<V>(V value, Instant until) {}
}
