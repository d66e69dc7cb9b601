package dev.hooklake.testkit.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.CallTimes;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/// A register in the shape of Diretrix: who a phone or an e-mail address belongs to.
public final class DiretrixFake implements AutoCloseable {
  private static final String PEOPLE = "/Consultas/Pessoa/";

  private final String authorization;
  private final People people;
  private final Weather weather;
  private final CallTimes calls = new CallTimes();
  private final FakeServer server;

  public DiretrixFake(String user, String password, People people, Weather weather) {
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    this.people = people;
    this.weather = weather;
    this.server = new FakeServer(Integer.MAX_VALUE, Reply.text(429, ""), this::answer);
  }

  public URI url() {
    return server.url();
  }

  public CallTimes calls() {
    return calls;
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  private Reply answer(Ask ask) {
    calls.called(System.nanoTime());
    return weather.next().orElseGet(() -> page(ask));
  }

  private Reply page(Ask ask) {
    if (!ask.authorization().equals(authorization)) {
      return Reply.text(401, "");
    }
    if (ask.path().startsWith(PEOPLE + "Telefone/")) {
      return list(people.byPhone(ask.path().substring((PEOPLE + "Telefone/").length())));
    }
    if (ask.path().startsWith(PEOPLE + "Email/")) {
      return list(people.byEmail(ask.path().substring((PEOPLE + "Email/").length())));
    }
    return Reply.text(404, "");
  }

  private static Reply list(List<InventedPerson> found) {
    if (found.isEmpty()) {
      return Reply.text(404, "");
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (InventedPerson person : found) {
      ObjectNode one = list.addObject();
      one.put("nome", person.name()).put("cpf", person.cpf());
    }
    return Reply.json(200, list);
  }

  @Override
  public void close() {
    server.close();
  }
}
