package dev.hooklake.server.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A stream of webhooks as one account would cause them: many messages on their way at once, each
/// telling its story a step at a time.
///
/// The same randomness and clock give the same bytes. Used by one thread at a time.
public final class Traffic {
  private static final int UNDER_WAY = 1_000;
  private static final int REMEMBERED = 500;
  private static final double REPEATED = 0.01;

  private final Dice dice;
  private final InstantSource clock;
  private final Provider.Beginning beginning;
  private final List<Life> underWay = new ArrayList<>(UNDER_WAY);
  private final List<SimulatedEvent> told = new ArrayList<>(REMEMBERED);

  Traffic(RandomGenerator random, InstantSource clock, Provider.Beginning beginning) {
    this.dice = new Dice(random);
    this.clock = clock;
    this.beginning = beginning;
  }

  public SimulatedEvent next() {
    if (!told.isEmpty() && dice.chance(REPEATED)) {
      return dice.pick(told).again();
    }
    SimulatedEvent event = tell();
    remember(event);
    return event;
  }

  private SimulatedEvent tell() {
    int place = dice.between(0, UNDER_WAY - 1);
    if (place >= underWay.size()) {
      place = underWay.size();
      underWay.add(begin());
    } else if (underWay.get(place).ended()) {
      underWay.set(place, begin());
    }
    return underWay.get(place).tell(dice);
  }

  private Life begin() {
    return beginning.begin(dice, clock.instant());
  }

  private void remember(SimulatedEvent event) {
    if (told.size() < REMEMBERED) {
      told.add(event);
    } else {
      told.set(dice.between(0, REMEMBERED - 1), event);
    }
  }
}
