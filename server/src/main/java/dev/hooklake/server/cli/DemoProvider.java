package dev.hooklake.server.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.RememberedMessages;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Customer.io in a demonstration: it keeps back some of its webhooks for good, and answers through
/// an API like the real one for all that happened.
///
/// It keeps back only what that API can show: of repeated opens and the like nobody could tell that
/// they are missing. Used by one thread at a time.
final class DemoProvider implements AutoCloseable {
  private static final double KEPT_BACK = 0.005;
  private static final int REMEMBERED_MESSAGES = 500_000;
  private static final int REMEMBERED_KEYS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SOURCE = "customerio";

  private final SplittableRandom random;
  private final InstantSource clock;
  private final String key;
  private final RememberedMessages messages = new RememberedMessages(REMEMBERED_MESSAGES);
  private final CustomerIoFake api;
  private final Set<String> keptBack = new LinkedHashSet<>();
  private long lost;

  DemoProvider(SplittableRandom random, InstantSource clock, String key) {
    this.random = random;
    this.clock = clock;
    this.key = key;
    this.api = new CustomerIoFake(messages, key, clock);
  }

  URI api() {
    return api.url();
  }

  /// Registers the webhook as an operator would, so that its settings can be looked up.
  void register(List<Sender> senders) throws InterruptedException {
    CustomerIoApi customerIo =
        CustomerIoApi.of(api(), key, Pace.perSecond(8, Pauses.real()), clock);
    for (Sender sender : senders) {
      if (sender.source().equals(SOURCE)) {
        String endpoint = sender.url().toString();
        customerIo
            .create(
                new ReportingWebhook(
                    0, "webhook", "demo", endpoint, EventNames.ALL, false, true, false))
            .orThrow();
      }
    }
  }

  /// The same traffic without what is kept back; that of other providers as it is.
  Supplier<Outgoing> keepingBack(Supplier<Outgoing> traffic) {
    return () -> {
      while (true) {
        Outgoing next = traffic.get();
        if (!next.sender().source().equals(SOURCE) || !isKeptBack(next.event())) {
          return next;
        }
      }
    };
  }

  /// How many webhooks were never sent, so far.
  synchronized long lost() {
    return lost;
  }

  private synchronized boolean isKeptBack(SimulatedEvent event) {
    if (event.repeat()) {
      return keptBack.contains(event.key());
    }
    JsonNode body = read(event);
    boolean showsInApi = messages.happened(body);
    boolean subscribed =
        EventNames.ALL.contains(
            EventNames.of(body.path("object_type").asText(), body.path("metric").asText()));
    // What was deduced may be told otherwise later, and then nobody misses it.
    boolean deduced = body.path("data").path("synthetic").asBoolean();
    if (!showsInApi || !subscribed || deduced || random.nextDouble() >= KEPT_BACK) {
      return false;
    }
    lost++;
    remember(event.key());
    return true;
  }

  private void remember(String eventKey) {
    keptBack.add(eventKey);
    if (keptBack.size() > REMEMBERED_KEYS) {
      keptBack.remove(keptBack.iterator().next());
    }
  }

  private static JsonNode read(SimulatedEvent event) {
    try {
      return JSON.readTree(event.body().unsafeBytes());
    } catch (JacksonException e) {
      throw new IllegalStateException("simulated events are JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  @Override
  public void close() {
    api.close();
  }
}
