package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.resend.ResendApi;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.reconciliation.Figures.ReportedCount;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.resend.ResendFake;
import dev.hooklake.testkit.resend.ResendFake.Email;
import dev.hooklake.testkit.resend.ResendFake.Happened;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reconciliation of Resend: its list and its counts by HTTP, webhooks read by the real source.
final class ResendHistoryTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 20);
  private static final LocalDate DAY = TODAY.minusDays(2);

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-09-20T10:00:00Z"));
  private final KeyedJournal journal = new KeyedJournal();
  private OperationsDatabase database;
  private ResendFake fake;

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(folder));
    List<Email> emails = new ArrayList<>();
    emails.add(email("today", TODAY, "delivered"));
    emails.add(email("bad", DAY.plusDays(1), "bounced"));
    emails.add(email("read", DAY, "opened", "opened"));
    emails.add(email("good", DAY, "delivered"));
    fake = new ResendFake("re_key", emails, now::get);
  }

  @AfterEach
  void close() {
    fake.close();
    database.close();
  }

  /// Sent at noon, delivered a minute later, and so on.
  private static Email email(String id, LocalDate day, String... then) {
    Instant noon = Instant.parse(day + "T08:00:00Z");
    List<Happened> history = new ArrayList<>();
    history.add(new Happened("sent", noon));
    if (then[0].equals("opened")) {
      history.add(new Happened("delivered", noon.plusSeconds(30)));
    }
    for (String event : then) {
      history.add(new Happened(event, noon.plusSeconds(60L * history.size())));
    }
    return new Email(
        id, "ana@example.org", "Hello", history.getLast().event(), noon, List.copyOf(history));
  }

  private void came(String id, Happened happened) {
    String body =
        "{\"type\":\"email.%s\",\"created_at\":\"%s\",\"data\":{\"email_id\":\"%s\",\"to\":[\"ana@example.org\"]}}"
            .formatted(happened.event(), happened.at(), id);
    journal.events.add(
        new SourceEvent(
            "resend",
            id + "-" + journal.events.size(),
            happened.at(),
            "/webhooks/resend",
            Headers.NONE,
            "application/json",
            Payload.of(body)));
  }

  private void allCameBut(String id, String event) {
    for (Email email :
        List.of(
            email("today", TODAY, "delivered"),
            email("bad", DAY.plusDays(1), "bounced"),
            email("read", DAY, "opened", "opened"),
            email("good", DAY, "delivered"))) {
      email.history().stream()
          .filter(happened -> !email.id().equals(id) || !happened.event().equals(event))
          .forEach(happened -> came(email.id(), happened));
    }
  }

  @Test
  void aLostWebhookShowsInTheListAndInTheTotals() throws Exception {
    allCameBut("good", "delivered");
    HistoryJob done = reconcile();
    assertThat(done.progress().missing()).isEqualTo(1);
    assertThat(reported())
        .filteredOn(count -> count.reported() != count.ours())
        .containsExactly(count(DAY, "delivered", 2, 1));
  }

  @Test
  void aLostWebhookThatTheListCannotShowShowsInTheTotals() throws Exception {
    allCameBut("read", "delivered");
    assertThat(reconcile().progress().missing()).isZero();
    assertThat(reported())
        .filteredOn(count -> count.reported() != count.ours())
        .containsExactly(count(DAY, "delivered", 2, 1));
  }

  @Test
  void equalTotalsSayThatNothingIsMissing() throws Exception {
    allCameBut("", "");
    HistoryJob done = reconcile();
    assertThat(done.progress().missing()).isZero();
    // An email opened twice counts once, and today is not over.
    assertThat(reported())
        .containsExactlyInAnyOrder(
            count(DAY, "sent", 2, 2),
            count(DAY, "delivered", 2, 2),
            count(DAY, "opened", 1, 1),
            count(DAY.plusDays(1), "sent", 1, 1),
            count(DAY.plusDays(1), "bounced", 1, 1));
    assertThat(done.note()).contains("no whole count of " + TODAY).doesNotContain(DAY.toString());
  }

  @Test
  void whatIsNotReportedIsNotZero() throws Exception {
    allCameBut("", "");
    answerCounts(
        200,
        """
        {"start_date":"2026-09-18T00:00:00.000Z","end_date":"2026-09-20T10:00:00.000Z",
         "granularity":"daily","data":[{"period":"2026-09-18","sent":2,"delivered":-1,
         "bounced":"few","open_rate":50.0}]}\
        """);
    HistoryJob done = reconcile();
    assertThat(reported()).containsExactly(count(DAY, "sent", 2, 2));
    assertThat(done.note()).contains("no whole count of 2026-09-19 and 1 more of the days");
  }

  @Test
  void countsThatCannotBeHadChangeNoFigureAndTheJobSaysSo() throws Exception {
    allCameBut("good", "delivered");
    answerCounts(404, "{\"statusCode\":404,\"name\":\"not_found\",\"message\":\"not found\"}");
    HistoryJob done = reconcile();
    assertThat(done.progress().missing()).isEqualTo(1);
    assertThat(reported()).isEmpty();
    assertThat(done.note()).contains("own counts cannot be had", "404");
  }

  /// The list is asked first, in one page.
  private void answerCounts(int status, String body) {
    String list =
        "{\"object\":\"list\",\"has_more\":false,\"data\":[{\"id\":\"good\",\"last_event\":\"delivered\",\"created_at\":\"%sT08:00:00Z\"}]}"
            .formatted(DAY);
    fake.next(new Fault.Answered(Reply.text(200, list)));
    fake.next(new Fault.Answered(Reply.text(status, body)));
  }

  private static ReportedCount count(LocalDate day, String metric, long theirs, long ours) {
    return new ReportedCount("UTC", day, Parent.ALL, metric, theirs, ours);
  }

  private List<ReportedCount> reported() {
    return new FigureQueries(database).report("resend", DAY, TODAY).reported().rows();
  }

  private HistoryJob reconcile() throws Exception {
    InstantSource clock = now::get;
    var history =
        new ResendHistory(
            "resend", ResendApi.of(fake.url(), "re_key", Pace.perSecond(100, Pauses.real())));
    var ground =
        new HistoryRun.Ground(
            new OwnEvents(journal, new SimpleMeterRegistry()),
            database,
            (_, _) -> {},
            ExportFolder.in(folder),
            new HistorySettings(7, Duration.ofHours(1), null, 1),
            clock);
    var job =
        new Wish(Kind.RECONCILIATION, "resend", DAY, TODAY, false, "person")
            .job("job", new HeldEvents.Days(DAY, TODAY), now.get());
    var last = new AtomicReference<>(job);
    var held = new HeldInMemory(journal, resend());
    assertThat(
            new HistoryRun(ground, new CheckedSource("resend", history), held).of(job, last::set))
        .isEmpty();
    return last.get();
  }

  private static Resend resend() {
    return new Resend(
        ResendSettings.of(
            "resend", List.of(Secret.of("whsec_c2VjcmV0LW9mLXRlc3RzLXNlY3JldC1vZi10ZXN0cy0="))));
  }
}
