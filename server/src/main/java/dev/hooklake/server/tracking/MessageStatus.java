package dev.hooklake.server.tracking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far a message has come. A message takes the status of the highest rank that was reported; of
/// several with one rank the earliest.
///
/// | rank | statuses                                                                    |
/// |------|-----------------------------------------------------------------------------|
/// | 0    | registered: we know of it, no provider has spoken                           |
/// | 10   | accepted, scheduled, drafted                                                |
/// | 20   | queued                                                                      |
/// | 30   | sending, attempted                                                          |
/// | 40   | sent                                                                        |
/// | 50   | deferred: the recipient's side asks to try later                            |
/// | 60   | delivered, partially_delivered, undelivered, undeliverable, failed, dropped, canceled |
/// | 65   | bounced: a late bounce takes a delivery back                                |
/// | 70   | opened                                                                      |
/// | 80   | clicked                                                                     |
public enum MessageStatus {
  REGISTERED(0),
  ACCEPTED(10),
  SCHEDULED(10),
  DRAFTED(10),
  QUEUED(20),
  SENDING(30),
  ATTEMPTED(30),
  SENT(40),
  DEFERRED(50),
  DELIVERED(60),
  PARTIALLY_DELIVERED(60),
  UNDELIVERED(60),
  UNDELIVERABLE(60),
  FAILED(60),
  DROPPED(60),
  CANCELED(60),
  BOUNCED(65),
  OPENED(70),
  CLICKED(80);

  private static final Map<String, MessageStatus> BY_LABEL =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(MessageStatus::label, Function.identity()));

  private final int rank;

  MessageStatus(int rank) {
    this.rank = rank;
  }

  /// The status of a metric; empty for what says nothing about delivery, such as `converted`.
  public static Optional<MessageStatus> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  int rank() {
    return rank;
  }

  /// The message did not arrive, and somebody else than its sender saw to that.
  boolean failure() {
    return switch (this) {
      case UNDELIVERED, UNDELIVERABLE, FAILED, DROPPED, BOUNCED -> true;
      case REGISTERED,
          ACCEPTED,
          SCHEDULED,
          DRAFTED,
          QUEUED,
          SENDING,
          ATTEMPTED,
          SENT,
          DEFERRED,
          DELIVERED,
          PARTIALLY_DELIVERED,
          CANCELED,
          OPENED,
          CLICKED ->
          false;
    };
  }
}
