package dev.hooklake.providers.customerio;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Messages by the time they were created, from `from` on and before `to`. The API takes at most
/// six months at once and would silently cut a longer window.
///
/// @param pageSize 1 to 1000
public record MessageQuery(Instant from, Instant to, int pageSize) {
  public static final int LARGEST_PAGE = 1_000;
  public static final Duration LONGEST_WINDOW = Duration.ofDays(180);

  public MessageQuery {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "a window of messages is from before to, and at most "
              + LONGEST_WINDOW.toDays()
              + " days; ask for several");
    }
    if (pageSize < 1 || pageSize > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page holds 1 to " + LARGEST_PAGE + " messages");
    }
  }

  /// Those of the window.
  List<CustomerIoMessage> held(List<CustomerIoMessage> messages) {
    return messages.stream()
        .filter(message -> !message.created().isBefore(from) && message.created().isBefore(to))
        .toList();
  }
}
