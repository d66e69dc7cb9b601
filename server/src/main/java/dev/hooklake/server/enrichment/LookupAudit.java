package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.person.Lookup;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/// Writes down every question to a register: when, why, of which kind, and what kind of answer
/// came; never what was asked or answered. Written before the question, so that none goes
/// unwritten.
final class LookupAudit {
  private static final String ASK =
      "INSERT INTO lookup_audit (id, asked_at, event_id, register, question, result, legal_basis,"
          + " purpose) VALUES (:id, :now, :event, :register, :question, 'asked', :legalBasis,"
          + " :purpose)";

  private static final String ANSWER = "UPDATE lookup_audit SET result = :result WHERE id = :id";

  private final OperationsDatabase database;
  private final LawfulUse use;
  private final InstantSource clock;

  LookupAudit(OperationsDatabase database, LawfulUse use, InstantSource clock) {
    this.database = database;
    this.use = use;
    this.clock = clock;
  }

  /// @param question what kind of value is asked about: phone, email, cpf
  record Subject(String eventId, String register, String question) {}

  interface Question<T> {
    Lookup<T> ask() throws InterruptedException;
  }

  <T> Lookup<T> ask(Subject subject, Question<T> question) throws InterruptedException {
    String id = UUID.randomUUID().toString();
    database.change(handle ->
        handle
            .createUpdate(ASK)
            .bind("id", id)
            .bind("now", EpochMicros.of(clock.instant()))
            .bind("event", subject.eventId())
            .bind("register", subject.register())
            .bind("question", subject.question())
            .bind("legalBasis", use.legalBasis())
            .bind("purpose", use.purpose())
            .execute());
    Lookup<T> answer = question.ask();
    database.change(handle ->
        handle.createUpdate(ANSWER).bind("id", id).bind("result", result(answer)).execute());
    return answer;
  }

  private static String result(Lookup<?> answer) {
    return switch (answer) {
      case Lookup.Found<?> _ -> "found";
      case Lookup.Unknown<?> _ -> "unknown";
      case Lookup.Failed<?>(var failure) -> failure.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
