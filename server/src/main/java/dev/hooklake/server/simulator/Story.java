package dev.hooklake.server.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What happens to one message, in order.
final class Story {
  private final List<Step> steps = new ArrayList<>();
  private long seconds;

  static ObjectNode fields() {
    return JsonNodeFactory.instance.objectNode();
  }

  Story then(String metric, long secondsLater, ObjectNode fields) {
    seconds += secondsLater;
    steps.add(new Step(metric, seconds, fields));
    return this;
  }

  /// Now and then a provider's workers overtake each other: two neighbours leave the wrong way
  /// round, each with its own time.
  void swapSomeNeighbours(Dice dice) {
    if (steps.size() > 1) {
      int later = dice.between(1, steps.size() - 1);
      Collections.swap(steps, later - 1, later);
    }
  }

  List<Step> steps() {
    return steps;
  }

  long lastSecond() {
    return seconds;
  }

  /// One event: what happened, how long after the story began, and the fields only this metric has.
  record Step(String metric, long second, ObjectNode fields) {}
}
