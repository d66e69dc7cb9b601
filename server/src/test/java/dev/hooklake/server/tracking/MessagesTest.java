package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.tracking.MessagePage.Cursor;
import dev.hooklake.server.tracking.MessagePage.Request;
import dev.hooklake.sources.event.Channel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Registering, finding and listing messages.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class MessagesTest {
  private static final Instant NOW = Lives.START;
  private static final ExternalId AT_RESEND = new ExternalId("resend", "re-1");
  private static final ExternalId AT_TWILIO = new ExternalId("twilio", "SM1");

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
  void aRegisteredMessageIsFoundByEitherId() {
    Registration outcome = messages.register(full("m-1", NOW, AT_TWILIO));

    assertThat(outcome).isEqualTo(new Registration.Created("m-1"));
    Message message = messages.find("m-1").orElseThrow();
    assertThat(messages.find(AT_TWILIO)).contains(message);
    assertThat(message)
        .isEqualTo(
            new Message(
                "m-1",
                "user-7",
                "low_balance",
                Channel.SMS,
                "+1 415 555 0142",
                MessageStatus.REGISTERED,
                NOW,
                new Message.Times(NOW, null, null, null, null, null, null),
                new Cost(new BigDecimal("0.007900"), "USD"),
                null,
                null,
                List.of(AT_TWILIO)));
  }

  @Test
  void anUnknownIdFindsNothing() {
    assertThat(messages.find("m-1")).isEmpty();
    assertThat(messages.find(AT_RESEND)).isEmpty();
  }

  @Test
  void registeringAgainAddsOnlyWhatWasMissing() {
    messages.register(EmailMessages.of("m-1", AT_RESEND));
    var again =
        new OutgoingMessage(
            "m-1",
            "user-7",
            null,
            Channel.EMAIL,
            "dana@customer.example",
            null,
            NOW.plusSeconds(60),
            List.of(AT_RESEND, new ExternalId("resend", "re-2")));

    assertThat(messages.register(again)).isEqualTo(new Registration.Known("m-1"));
    assertThat(messages.register(again)).isEqualTo(new Registration.Known("m-1"));

    Message message = messages.find("m-1").orElseThrow();
    assertThat(message.userId()).isEqualTo("user-7");
    assertThat(message.recipient()).isEqualTo("dana@customer.example");
    assertThat(message.times().created()).isEqualTo(NOW);
    assertThat(message.externalIds()).extracting(ExternalId::id).containsExactly("re-1", "re-2");
  }

  @Test
  void anExternalIdBelongsToOneMessage() {
    messages.register(EmailMessages.of("m-1", AT_RESEND));

    Registration outcome = messages.register(EmailMessages.of("m-2", AT_RESEND));

    assertThat(outcome).isInstanceOf(Registration.Refused.class);
    assertThat(messages.find("m-2")).isEmpty();
    assertThat(messages.find(AT_RESEND).orElseThrow().id()).isEqualTo("m-1");
  }

  @Test
  void oneRefusedMessageOfABulkDoesNotHinderTheOthers() {
    var otherChannel =
        new OutgoingMessage("m-1", null, null, Channel.SMS, null, null, null, List.of());

    List<Registration> outcomes =
        messages.register(
            List.of(
                EmailMessages.of("m-1", AT_RESEND),
                EmailMessages.of("m-2", AT_RESEND),
                otherChannel,
                EmailMessages.of("m-1"),
                EmailMessages.of("m-3")));

    assertThat(outcomes)
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("Created", "Refused", "Refused", "Known", "Created");
    assertThat(messages.find("m-2")).isEmpty();
    assertThat(messages.find("m-3")).isPresent();
  }

  @Test
  void aTimelineHoldsWhatAllProvidersSentToOneRecipient() {
    messages.register(full("text", NOW, AT_TWILIO));
    var whatsapp =
        new OutgoingMessage(
            "chat",
            null,
            null,
            Channel.WHATSAPP,
            "whatsapp:+14155550142",
            null,
            NOW.plusSeconds(9),
            List.of());
    messages.register(whatsapp);
    messages.register(EmailMessages.of("other"));

    MessagePage page = messages.list(MessageFilter.to("(+1) 415-555-0142"), new Request(10, null));

    assertThat(page.messages()).extracting(Message::id).containsExactly("chat", "text");
    assertThat(list(MessageFilter.to(" "))).isEmpty();
  }

  @Test
  void pagesHoldEveryMessageOnceEvenOfOneMomentAndWhileMessagesAreAdded() {
    messages.register(
        IntStream.range(0, 25).mapToObj(i -> full("m-" + i, NOW.plusSeconds(i / 10))).toList());
    List<String> seen = new ArrayList<>();
    Cursor next = null;
    do {
      MessagePage page = messages.list(MessageFilter.ALL, new Request(4, next));
      page.messages().forEach(message -> seen.add(message.id()));
      messages.register(full("new-" + seen.size(), NOW.plusSeconds(60)));
      next = page.next() == null ? null : Cursor.parse(page.next().text());
    } while (next != null);

    assertThat(seen).hasSize(25).doesNotHaveDuplicates().allMatch(id -> id.startsWith("m-"));
  }

  @Test
  void filtersNarrowAList() {
    messages.register(full("m-1", NOW, AT_TWILIO));
    messages.register(full("m-2", NOW.plusSeconds(60)));
    messages.register(EmailMessages.of("m-3"));
    apply(new Fact(AT_TWILIO, Channel.SMS, "sent", NOW.plusSeconds(1), null));

    assertThat(list(new MessageFilter(null, "user-7", null, null, null, null, null)))
        .containsExactly("m-2", "m-1");
    assertThat(
            list(
                new MessageFilter(
                    null, null, "low_balance", null, null, null, NOW.plusSeconds(60))))
        .containsExactly("m-1");
    assertThat(list(new MessageFilter(null, null, null, Channel.EMAIL, null, null, null)))
        .containsExactly("m-3");
    assertThat(list(new MessageFilter(null, null, null, null, MessageStatus.SENT, NOW, null)))
        .containsExactly("m-1");
  }

  @Test
  void aFailureCarriesItsCodeReasonAndMeaning() {
    messages.register(EmailMessages.of("m-1", AT_RESEND));
    apply(Fact.of(AT_RESEND, "delivered", NOW.plusSeconds(1)));
    apply(Fact.of(AT_RESEND, "bounced", NOW.plusSeconds(2)).because("no such mailbox"));

    Message message = messages.find("m-1").orElseThrow();
    assertThat(message.status()).isEqualTo(MessageStatus.BOUNCED);
    assertThat(message.failure().reason()).isEqualTo("no such mailbox");
    assertThat(message.contradictory()).isTrue();
  }

  private List<String> list(MessageFilter filter) {
    return messages.list(filter, new Request(10, null)).messages().stream()
        .map(Message::id)
        .toList();
  }

  private void apply(Fact fact) {
    var updates = new StatusUpdates(new Mappings(TrackingSettings.DEFAULT));
    database.change(handle -> updates.apply(handle, List.of(fact.event()), NOW));
  }

  private static OutgoingMessage full(String id, Instant createdAt, ExternalId... externalIds) {
    return new OutgoingMessage(
        id,
        "user-7",
        "low_balance",
        Channel.SMS,
        "+1 415 555 0142",
        new Cost(new BigDecimal("0.0079"), "USD"),
        createdAt,
        List.of(externalIds));
  }
}
