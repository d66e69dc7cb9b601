package dev.hooklake.providers;

import java.util.function.Function;

/// What a provider answered: the value, or why there is none.
///
/// Nothing here throws for what a network or a provider does; only a broken promise of ours is an
/// exception.
public sealed interface Answer<T> {

  record Given<T>(T value) implements Answer<T> {}

  record Failed<T>(Failure why) implements Answer<T> {}

  static <T> Answer<T> given(T value) {
    return new Given<>(value);
  }

  static <T> Answer<T> failed(Failure why) {
    return new Failed<>(why);
  }

  default <U> Answer<U> map(Function<? super T, ? extends U> change) {
    return then(value -> new Given<>(change.apply(value)));
  }

  /// Goes on with the value, or stays failed.
  default <U> Answer<U> then(Function<? super T, Answer<U>> next) {
    if (this instanceof Given<T> given) {
      return next.apply(given.value());
    }
    return new Failed<>(((Failed<T>) this).why());
  }

  /// The value; an exception with the failure's message where there is none. For programs that
  /// cannot go on without it.
  default T orThrow() {
    if (this instanceof Given<T> given) {
      return given.value();
    }
    throw new ProviderFailure(((Failed<T>) this).why());
  }
}
