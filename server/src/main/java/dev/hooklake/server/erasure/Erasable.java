package dev.hooklake.server.erasure;

import dev.hooklake.lake.PersonRows;
import java.io.IOException;
import java.util.Set;

/// A store beside journal and lake that may hold something of a person.
///
/// Whoever keeps such a store implements this; an erasure goes through all of them.
public interface Erasable {
  /// What receipts call it: a word, such as `messages`.
  String name();

  /// Leads of the person that only this store can tell are theirs, before it has removed anything.
  default Set<PersonRows.Link> links(Person person) throws IOException {
    return Set.of();
  }

  /// Removes all that it holds of the person, so that no byte of it stays in its files. Doing it
  /// twice is the same as doing it once.
  ///
  /// @param rows what the lake knows of the person: events and deliveries
  /// @return how many things were removed
  long erase(Person person, PersonRows rows) throws IOException;

  /// The erasure is over, whether or not it was done: what waited for its end may go on.
  default void ended() {}
}
