package dev.hooklake.server.enrichment.person;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.enrichment.call.CallOutcome;
import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.call.Failure.Kind;
import dev.hooklake.server.enrichment.call.RemoteService;
import java.util.Optional;
import java.util.function.Function;

/// Tells a register's answer from its absence; the shapes differ, this does not.
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String register;
  private final RemoteService service;

  Answers(String register, RemoteService service) {
    this.register = register;
    this.service = service;
  }

  /// @param found what a whole JSON answer with status 200 gives
  /// @param unknown whether another status means that the register knows nothing
  <T> Lookup<T> read(
      CallOutcome outcome,
      Function<Integer, Boolean> unknown,
      Function<JsonNode, Lookup<T>> found) {
    return switch (outcome) {
      case CallOutcome.Failed(Failure failure) -> new Lookup.Failed<>(failure);
      case CallOutcome.Answered(int status, String body) ->
          status == 200
              ? json(body).map(found).orElseGet(this::unreadable)
              : unknown.apply(status) ? new Lookup.Unknown<>() : failed(status);
    };
  }

  <T> Lookup<T> unreadable() {
    return failed(Kind.UNREADABLE, register + " answered something else than expected");
  }

  <T> Lookup<T> refused() {
    return new Lookup.Failed<>(service.refused());
  }

  private <T> Lookup<T> failed(int status) {
    return status == 401 || status == 403
        ? refused()
        : failed(Kind.REJECTED, register + " answered " + status);
  }

  private static <T> Lookup<T> failed(Kind kind, String reason) {
    return new Lookup.Failed<>(new Failure(kind, reason, null));
  }

  private static Optional<JsonNode> json(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node.isContainerNode() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
