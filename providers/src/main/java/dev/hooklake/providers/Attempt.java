package dev.hooklake.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of one try of a call: an answer, or a fault on the way.
final class Attempt {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final byte[] body;
  private final @Nullable Duration retryAfter;
  private final @Nullable Fault fault;

  private record Fault(String reason, boolean surelyNotDone) {}

  private Attempt(int status, byte[] body, @Nullable Duration retryAfter, @Nullable Fault fault) {
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
    this.fault = fault;
  }

  static Attempt answered(int status, byte[] body, Optional<Duration> retryAfter) {
    return new Attempt(status, body, retryAfter.orElse(null), null);
  }

  /// @param surelyNotDone the request cannot have reached the provider
  static Attempt broken(String reason, boolean surelyNotDone) {
    return new Attempt(0, new byte[0], null, new Fault(reason, surelyNotDone));
  }

  boolean overLimit() {
    return status == 429;
  }

  /// Whether trying again may help, and cannot do a thing twice.
  boolean again(Call call) {
    if (fault != null) {
      return call.repeatable() || fault.surelyNotDone();
    }
    return overLimit() || (status >= 500 && call.repeatable());
  }

  /// Whether it may have changed something although no answer says so.
  boolean perhapsDone(Call call) {
    boolean lost = fault == null ? status >= 500 : !fault.surelyNotDone();
    return lost && !call.method().equals("GET");
  }

  /// The longer of our wait and the provider's.
  Duration wait(Duration ours) {
    return retryAfter != null && retryAfter.compareTo(ours) > 0 ? retryAfter : ours;
  }

  Answer<JsonNode> answer(Call call) {
    if (fault != null || status / 100 != 2) {
      return Answer.failed(failure(call));
    }
    if (body.length == 0) {
      return Answer.given(MissingNode.getInstance());
    }
    try {
      return Answer.given(JSON.readTree(body));
    } catch (IOException e) {
      return Answer.failed(new Failure.Unreadable(call + " was answered with no JSON"));
    }
  }

  Failure failure(Call call) {
    if (fault != null) {
      return new Failure.Unavailable(call + " failed: " + fault.reason());
    }
    String message = call + " was answered " + status + ": " + ErrorText.of(body);
    return switch (status) {
      case 401, 403 -> new Failure.Denied(message);
      case 404 -> new Failure.NotFound(message);
      case 429 -> new Failure.OverLimit(message, retryAfter == null ? Duration.ZERO : retryAfter);
      default -> status >= 500 ? new Failure.Unavailable(message) : new Failure.Refused(message);
    };
  }
}
