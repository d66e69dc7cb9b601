package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.testkit.leads.C2sFake;
import dev.hooklake.testkit.leads.DiretrixFake;
import dev.hooklake.testkit.leads.People;
import dev.hooklake.testkit.leads.Weather;
import dev.hooklake.testkit.leads.WorkApiFake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.function.Supplier;

/// The CRM of a demonstration, and the registers in which leads are looked up: real HTTP servers on
/// the loopback, with which now and then something goes wrong. Everybody in them is invented.
final class DemoLeads implements AutoCloseable {
  private static final String SOURCE = "c2s";
  private static final String USER = "demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Calls that fail, calls that begin a burst of "too many", notes whose answer is lost.
  private static final double FAILING = 0.03;

  private static final double BURSTS = 0.000_5;
  private static final double ANSWERS_LOST = 0.02;

  /// One in so many of the CRM's leads is sent: they are rarer than messages, and each is work.
  private static final int ONE_IN = 10;

  private final String secret;
  private final C2sFake crm;
  private final DiretrixFake finder;
  private final WorkApiFake register;

  DemoLeads(long seed, String secret) {
    this.secret = secret;
    this.crm = new C2sFake(secret, Integer.MAX_VALUE, weather(seed), ANSWERS_LOST);
    this.finder = new DiretrixFake(USER, secret, People.byDigit(), weather(seed + 1));
    this.register = new WorkApiFake(secret, People.byDigit(), weather(seed + 2));
  }

  private static Weather weather(long seed) {
    return Weather.rough(seed, FAILING, BURSTS);
  }

  ServerStarter.LeadServices services() {
    return new ServerStarter.LeadServices(crm.url(), finder.url(), register.url(), USER, secret);
  }

  URI crm() {
    return crm.url();
  }

  /// How many notes the CRM itself counts.
  long notes() {
    return crm.notesTaken();
  }

  /// The same traffic with fewer leads, of all of which the CRM knows.
  Supplier<Outgoing> known(Supplier<Outgoing> traffic) {
    return () -> {
      while (true) {
        Outgoing next = traffic.get();
        if (!next.sender().source().equals(SOURCE)) {
          return next;
        }
        if (isSent(next.event().key())) {
          learn(next);
          return next;
        }
      }
    };
  }

  /// A lead with all its events and their repeats, or nothing of it.
  private static boolean isSent(String key) {
    String lead = key.substring(0, key.indexOf(':'));
    return Math.floorMod(lead.hashCode(), ONE_IN) == 0;
  }

  private void learn(Outgoing sent) {
    try {
      crm.lead(JSON.readTree(sent.event().body().unsafeBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("simulated events are JSON in memory", e);
    }
  }

  @Override
  public void close() {
    crm.close();
    finder.close();
    register.close();
  }
}
