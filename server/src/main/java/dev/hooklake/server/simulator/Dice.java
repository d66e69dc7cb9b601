package dev.hooklake.server.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/// Every choice the simulator makes comes from here, so one seed decides all of them.
final class Dice {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String URL_SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final RandomGenerator random;

  Dice(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// From `least` to `most`, both included.
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A ULID, as the provider's event ids look: the time, then chance.
  String ulid(long epochMillis) {
    var text = new char[26];
    long time = epochMillis;
    for (int i = 9; i >= 0; i--) {
      text[i] = CROCKFORD.charAt((int) (time & 31));
      time >>>= 5;
    }
    fill(text, 10, CROCKFORD);
    return new String(text);
  }

  /// A delivery id, as the provider's look.
  String deliveryId() {
    var text = new char[36];
    fill(text, 0, URL_SAFE);
    return new String(text);
  }

  private void fill(char[] text, int from, String alphabet) {
    for (int i = from; i < text.length; i++) {
      text[i] = alphabet.charAt(random.nextInt(alphabet.length()));
    }
  }
}
