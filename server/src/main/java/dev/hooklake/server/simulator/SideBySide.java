package dev.hooklake.server.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// The traffic of several providers, mixed by chance, about as much of each. Used by one thread at
/// a time.
public final class SideBySide implements Supplier<Outgoing> {
  private final List<Sender> senders;
  private final List<Traffic> traffics = new ArrayList<>();
  private final SplittableRandom random;

  public SideBySide(List<Sender> senders, SplittableRandom random, InstantSource clock) {
    this.senders = List.copyOf(senders);
    this.random = random;
    for (Sender sender : senders) {
      traffics.add(sender.provider().traffic(random.split(), clock));
    }
  }

  @Override
  public Outgoing get() {
    int chosen = random.nextInt(senders.size());
    return new Outgoing(senders.get(chosen), traffics.get(chosen).next());
  }
}
