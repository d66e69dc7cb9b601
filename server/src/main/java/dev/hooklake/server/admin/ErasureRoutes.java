package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.erasure.ErasureDesk;
import dev.hooklake.server.erasure.ErasureReceipt;
import dev.hooklake.server.erasure.Person;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks for the erasure of a person, and for how it stands. Answers and errors quote nothing of
/// what was asked.
public final class ErasureRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ErasureDesk desk;
  private final Audit audit;

  public ErasureRoutes(ErasureDesk desk, Audit audit) {
    this.desk = desk;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.POST, "/api/v1/erasures", this::begin),
        AdminRoute.get("/api/v1/erasures/{id}", this::show));
  }

  private void begin(ServerRequest request, ServerResponse response) {
    ErasureRequest wanted;
    Person person;
    try {
      wanted = JSON.readValue(request.content().inputStream().readAllBytes(), ErasureRequest.class);
      person = wanted.person();
    } catch (IOException e) {
      // Its message would quote what was sent.
      Answers.error(
          response,
          400,
          "the body must be JSON with lists of emails, phones, customerIds, cioIds, cpfs, and now: true"
              + " or false");
      return;
    } catch (IllegalArgumentException e) {
      Answers.error(response, 400, String.valueOf(e.getMessage()));
      return;
    }
    Caller caller = Visitor.of(request).orElseThrow().caller();
    Optional<ErasureDesk.Job> job = begin(person, wanted.now(), caller);
    if (job.isEmpty()) {
      Answers.error(response, 409, "another erasure is under way; ask again when it is done");
    } else {
      Answers.json(response, 202, ErasureState.of(job.get()));
    }
  }

  /// Its receipt tells how the erasure itself ends.
  private Optional<ErasureDesk.Job> begin(Person person, boolean now, Caller caller) {
    String detail = person.identifiers() + " identifiers";
    try (Audit.Begun begun = audit.begin(caller, "person.erased", "", detail)) {
      Optional<ErasureDesk.Job> job = desk.begin(person, now);
      begun.accepted(job.isPresent());
      return job;
    }
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<ErasureDesk.Job> job = id(request).flatMap(desk::find);
    if (job.isEmpty()) {
      Answers.error(
          response,
          404,
          "not the last erasure of this server; earlier receipts are in the data directory, in"
              + " erasures/");
    } else {
      Answers.json(response, 200, ErasureState.of(job.get()));
    }
  }

  private static Optional<UUID> id(ServerRequest request) {
    try {
      return Optional.of(UUID.fromString(request.path().pathParameters().get("id")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What is asked for.
  record ErasureRequest(
      @Nullable Set<String> emails,
      @Nullable Set<String> phones,
      @Nullable Set<String> customerIds,
      @Nullable Set<String> cioIds,
      @Nullable Set<String> cpfs,
      boolean now) {
    Person person() {
      return new Person(
          given(emails), given(phones), given(customerIds), given(cioIds), given(cpfs));
    }

    private static Set<String> given(@Nullable Set<String> values) {
      return values == null ? Set.of() : values;
    }
  }

  /// How an erasure stands.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErasureState(
      String id, String state, @Nullable ErasureReceipt receipt, @Nullable String reason) {
    static ErasureState of(ErasureDesk.Job job) {
      return new ErasureState(job.id().toString(), job.state(), job.receipt(), job.failure());
    }
  }
}
