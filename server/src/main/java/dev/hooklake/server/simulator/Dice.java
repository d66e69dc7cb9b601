package dev.hooklake.server.simulator;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/// Every choice the simulator makes comes from here, so one seed decides all of them.
final class Dice {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String HEX = "0123456789abcdef";
  private static final String BASE62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String URL_SAFE = BASE62 + "-_";

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

  /// One of the choices, each as likely as its share of all shares.
  <T> T pickByShare(List<T> choices, ToIntFunction<T> share) {
    int ticket = random.nextInt(choices.stream().mapToInt(share).sum());
    for (T choice : choices) {
      ticket -= share.applyAsInt(choice);
      if (ticket < 0) {
        return choice;
      }
    }
    throw new IllegalStateException("a ticket beyond the sum of all shares");
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

  /// Lower-case hex digits, of which many an id is made.
  String hex(int digits) {
    var text = new char[digits];
    fill(text, 0, HEX);
    return new String(text);
  }

  /// A UUID of chance.
  String uuid() {
    return "%s-%s-4%s-a%s-%s".formatted(hex(8), hex(4), hex(3), hex(3), hex(12));
  }

  /// Letters and digits, as Svix makes its ids of.
  String base62(int chars) {
    var text = new char[chars];
    fill(text, 0, BASE62);
    return new String(text);
  }

  private void fill(char[] text, int from, String alphabet) {
    for (int i = from; i < text.length; i++) {
      text[i] = alphabet.charAt(random.nextInt(alphabet.length()));
    }
  }
}
