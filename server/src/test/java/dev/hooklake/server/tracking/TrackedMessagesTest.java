package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.PersonRows.Link;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.fake.EverythingBelow;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.event.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedMessagesTest {
  private static final PersonRows NOT_IN_LAKE = new PersonRows(Set.of(), Set.of());

  @TempDir Path directory;

  @Test
  void noByteOfThePersonIsLeftInTheDatabasesFilesWhileItIsOpen() throws Exception {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      var messages =
          new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> Lives.START);
      messages.register(
          IntStream.range(0, 200)
              .mapToObj(i -> message("m-" + i, i % 2 == 0 ? "dana" + i % 4 : "kim"))
              .toList());
      assertThat(holding("dana0@customer.example")).isNotEmpty();
      var tracked = new TrackedMessages(database);
      var dana =
          new Person(
              Set.of("Dana0@customer.example", "dana2@customer.example"),
              Set.of(),
              Set.of(),
              Set.of(),
              Set.of());

      assertThat(tracked.erase(dana, NOT_IN_LAKE)).isEqualTo(200);
      assertThat(holding("dana")).isEmpty();
      assertThat(holding("kim@customer.example")).isNotEmpty();
      assertThat(tracked.erase(dana, NOT_IN_LAKE)).isZero();
    }
  }

  @Test
  void aMessageOfWhichOnlyTheUserIdNamesThePersonGoes() throws Exception {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      var messages =
          new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> Lives.START);
      OutgoingMessage vera =
          new OutgoingMessage(
              "m-1",
              "Vera@Customer.Example",
              null,
              Channel.PUSH,
              null,
              null,
              Lives.START,
              List.of());
      messages.register(List.of(vera, message("m-2", "lee")));
      var person =
          new Person(Set.of("vera@customer.example"), Set.of(), Set.of(), Set.of(), Set.of());

      assertThat(new TrackedMessages(database).erase(person, NOT_IN_LAKE)).isEqualTo(1);
      assertThat(messages.find("m-1")).isEmpty();
      assertThat(messages.find("m-2")).isPresent();
    }
  }

  @Test
  void aDeliveryThatTheLakeKnowsLeadsToItsMessage() throws Exception {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      var messages =
          new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> Lives.START);
      messages.register(List.of(message("m-1", "kim"), message("m-2", "lee")));
      var person = new Person(Set.of(), Set.of(), Set.of("not-known-here"), Set.of(), Set.of());
      var rows = new PersonRows(Set.of(), Set.of(new Link("resend", "of-m-1")));

      assertThat(new TrackedMessages(database).erase(person, rows)).isEqualTo(2);
      assertThat(messages.find("m-1")).isEmpty();
      assertThat(messages.find("m-2")).isPresent();
    }
  }

  private static OutgoingMessage message(String id, String name) {
    return new OutgoingMessage(
        id,
        null,
        null,
        Channel.EMAIL,
        name + "@customer.example",
        null,
        Lives.START,
        List.of(new ExternalId("resend", "of-" + id)));
  }

  private List<String> holding(String word) throws Exception {
    return new EverythingBelow(directory).holding(List.of(word));
  }
}
