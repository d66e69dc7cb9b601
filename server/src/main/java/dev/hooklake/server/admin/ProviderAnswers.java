package dev.hooklake.server.admin;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.customerio.Webhooks;

/// What a provider answered, as the admin port tells it: 404 what it does not know, 400 what it
/// does not take, 503 when our requests are used up, 502 all else.
final class ProviderAnswers {
  private ProviderAnswers() {}

  static <T> T given(Answer<T> answer) {
    return switch (answer) {
      case Answer.Given<T>(T value) -> value;
      case Answer.Failed<T>(Failure why) -> throw new RefusedRequest(status(why), why.message());
    };
  }

  private static int status(Failure why) {
    return switch (why) {
      case Failure.NotFound _ -> 404;
      case Failure.Refused _ -> 400;
      case Failure.OverLimit _ -> 503;
      case Failure.Denied _, Failure.Unavailable _, Failure.Unreadable _ -> 502;
    };
  }

  /// How a change at the provider ended. After an answer that was lost it may have been done; a
  /// webhook that was there already is not created.
  static void tell(Audit.Begun begun, Answer<?> answer) {
    switch (answer) {
      case Answer.Given<?>(Webhooks.Registered webhook) -> begun.ended(webhook.created());
      case Answer.Given<?> _ -> begun.done();
      case Answer.Failed<?>(Failure why) -> {
        if (!(why instanceof Failure.Unavailable || why instanceof Failure.Unreadable)) {
          begun.ended(false);
        }
      }
    }
  }
}
