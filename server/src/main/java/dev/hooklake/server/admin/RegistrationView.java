package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.tracking.Registration;
import org.jspecify.annotations.Nullable;

/// What became of one message that was to be registered.
///
/// @param id null when the message has none that can be read
/// @param reason why it was refused
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegistrationView(@Nullable String id, Outcome outcome, @Nullable String reason) {

  enum Outcome {
    created,
    known,
    refused
  }

  static RegistrationView of(Registration registration) {
    return switch (registration) {
      case Registration.Created(String id) -> new RegistrationView(id, Outcome.created, null);
      case Registration.Known(String id) -> new RegistrationView(id, Outcome.known, null);
      case Registration.Refused(String id, String reason) ->
          new RegistrationView(id, Outcome.refused, reason);
    };
  }

  static RegistrationView malformed(@Nullable String id, @Nullable String reason) {
    return new RegistrationView(id, Outcome.refused, reason);
  }

  int httpStatus() {
    return switch (outcome) {
      case created -> 201;
      case known -> 200;
      case refused -> 409;
    };
  }
}
