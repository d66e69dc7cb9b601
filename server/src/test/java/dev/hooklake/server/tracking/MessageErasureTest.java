package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.tracking.MessageErasure.Erased;
import dev.hooklake.server.tracking.MessageErasure.Naming;
import dev.hooklake.server.tracking.MessageErasure.Person;
import dev.hooklake.sources.event.Channel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is erased is gone from every table of tracking, and what is about others stays.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class MessageErasureTest {
  private static final Instant NOW = Lives.START;
  private static final Person DANA =
      new Person(
          Set.of("Dana <DANA@customer.example>", "+1 (415) 555-0142"), Set.of("user-7"), Set.of());

  private static final Pattern DANA_IN_TEXT = Pattern.compile("(?i)\\bdana@customer.example");
  private static final Naming NOTHING = new Naming(Set.of(), Set.of());

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  private OperationsDatabase database;
  private Messages messages;

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(engine.empty(directory));
    messages = new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everythingOfThePersonGoesAndNothingOfOthers() {
    register("by-address", Channel.EMAIL, "dana@customer.example", null, "re-1");
    register("by-number", Channel.SMS, "+14155550142", null, "SM-1");
    register("by-number-without-plus", Channel.SMS, "14155550142", null);
    register("by-user", Channel.EMAIL, null, "user-7", "re-2", "re-3");
    register("of-another", Channel.EMAIL, "kim@customer.example", "user-8", "re-4");
    waiting("re-5", "dana@customer.example", null);
    waiting("re-6", "elsewhere@customer.example", "by-user");
    waiting("re-7", "kim@customer.example", "of-another");

    assertThat(erase(DANA)).isEqualTo(new Erased(4, 4, 2));

    assertThat(ids("SELECT id FROM messages")).containsExactly("of-another");
    assertThat(ids("SELECT external_id FROM message_external_ids")).containsExactly("re-4");
    assertThat(ids("SELECT external_id FROM waiting_statuses")).containsExactly("re-7");
    assertThat(erase(DANA)).isEqualTo(new Erased(0, 0, 0));
  }

  @Test
  void aDeliveryKnownFromTheLakeLeadsToItsMessage() {
    register("by-delivery", Channel.EMAIL, null, null, "re-1", "re-2");
    waiting("re-9", null, null);
    var person =
        new Person(
            Set.of(),
            Set.of(),
            Set.of(new ExternalId("resend", "re-1"), new ExternalId("resend", "re-9")));

    assertThat(erase(person)).isEqualTo(new Erased(1, 2, 1));
    assertThat(ids("SELECT id FROM messages")).isEmpty();
  }

  /// Whoever sends may make ids of addresses, and write several into one field.
  @Test
  void whateverNamesThePersonInAnyFieldGoes() {
    register("welcome-dana@customer.example", Channel.EMAIL, null, "dana@customer.example", "re-1");
    register("by-user", Channel.SMS, "+14155550199", "DANA@customer.example", "re-2");
    register("to-two", Channel.EMAIL, "kim@customer.example, dana@customer.example", null, "re-3");
    register("by-provider", Channel.EMAIL, null, null, "for-dana@customer.example");
    register("of-another", Channel.EMAIL, "jordana@customer.example", "user-8", "re-4");
    waiting("re-5", "kim@customer.example", "note:dana@customer.example");
    waiting("re-6", "kim@customer.example", "of-another");

    Naming naming =
        database.write(
            handle -> MessageErasure.naming(handle, text -> DANA_IN_TEXT.matcher(text).find()));
    assertThat(
            database.<Erased, RuntimeException>write(
                handle -> MessageErasure.erase(handle, DANA, naming)))
        .isEqualTo(new Erased(4, 4, 1));

    assertThat(ids("SELECT id FROM messages")).containsExactly("of-another");
    assertThat(ids("SELECT external_id FROM message_external_ids")).containsExactly("re-4");
    assertThat(ids("SELECT external_id FROM waiting_statuses")).containsExactly("re-6");
  }

  @Test
  void aPersonWithThousandsOfMessagesGoesWhole() {
    messages.register(
        IntStream.range(0, 1000)
            .mapToObj(i -> message("a-" + i, Channel.EMAIL, "dana@customer.example", null))
            .toList());
    messages.register(
        IntStream.range(0, 1000)
            .mapToObj(i -> message("b-" + i, Channel.EMAIL, "dana@customer.example", null))
            .toList());

    assertThat(erase(DANA)).isEqualTo(new Erased(2000, 0, 0));
  }

  @Test
  void aTransactionThatFailsErasesNothing() {
    register("by-address", Channel.EMAIL, "dana@customer.example", null, "re-1");

    assertThatThrownBy(() ->
            database.change(handle -> {
              MessageErasure.erase(handle, DANA, NOTHING);
              throw new IllegalStateException("injected");
            }))
        .hasMessage("injected");

    assertThat(ids("SELECT external_id FROM message_external_ids")).containsExactly("re-1");
  }

  @Test
  void nobodyIsErasedForNothing() {
    register("of-another", Channel.EMAIL, null, null, "re-4");

    assertThat(erase(new Person(Set.of(" "), Set.of(), Set.of()))).isEqualTo(new Erased(0, 0, 0));
    assertThat(DANA.toString()).isEqualTo("Person");
  }

  private Erased erase(Person person) {
    return database.write(handle -> MessageErasure.erase(handle, person, NOTHING));
  }

  private void register(
      String id,
      Channel channel,
      @Nullable String recipient,
      @Nullable String user,
      String... externalIds) {
    messages.register(message(id, channel, recipient, user, externalIds));
  }

  private static OutgoingMessage message(
      String id,
      Channel channel,
      @Nullable String recipient,
      @Nullable String user,
      String... externalIds) {
    return new OutgoingMessage(
        id,
        user,
        null,
        channel,
        recipient,
        null,
        NOW,
        List.of(externalIds).stream().map(one -> new ExternalId("resend", one)).toList());
  }

  private void waiting(String externalId, @Nullable String recipient, @Nullable String reference) {
    var fact = Fact.of(new ExternalId("resend", externalId), "sent", NOW);
    var row = fact.row().set("recipient", recipient).set("message_ref", reference).build();
    var updates = new StatusUpdates(new Mappings(TrackingSettings.DEFAULT));
    database.change(
        handle -> updates.apply(handle, List.of(StatusEvent.of(row).orElseThrow()), NOW));
  }

  private List<String> ids(String query) {
    return database.read(handle -> handle.createQuery(query).mapTo(String.class).list());
  }
}
