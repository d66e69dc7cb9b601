package dev.hooklake.testkit.leads;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.CallTimes;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;

/// A register in the shape of the Work API: a profile by CPF, failures inside answers of status
/// 200, and blocks that nobody should read.
public final class WorkApiFake implements AutoCloseable {
  private final String token;
  private final People people;
  private final Weather weather;
  private final CallTimes calls = new CallTimes();
  private final FakeServer server;

  public WorkApiFake(String token, People people, Weather weather) {
    this.token = token;
    this.people = people;
    this.weather = weather;
    this.server = new FakeServer(Integer.MAX_VALUE, Reply.text(429, ""), this::answer);
  }

  public URI url() {
    return server.url().resolve("/api");
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
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (!ask.query("token", "").equals(token)) {
      return Reply.json(
          200, answer.put("status", 403).put("statusMsg", "denied").put("reason", "token"));
    }
    answer.put("status", 200);
    if (!ask.query("modulo", "").equals("cpf")) {
      return Reply.json(200, answer.put("erro", "unknown module"));
    }
    return Reply.json(
        200,
        people
            .byCpf(ask.query("consulta", ""))
            .map(person -> profile(answer, person))
            .orElseGet(() -> answer.put("erro", "not found")));
  }

  private static ObjectNode profile(ObjectNode answer, InventedPerson person) {
    answer
        .putObject("DadosBasicos")
        .put("nome", person.name())
        .put("cpf", person.cpf())
        .put("dataNascimento", person.birthDate())
        .put("sexo", "F - FEMININO")
        .put("nomeMae", "MAE EXEMPLO");
    answer.putObject("DadosEconomicos").put("renda", "1234,56");
    answer
        .putArray("telefones")
        .addObject()
        .put("telefone", person.phone())
        .put("tipo", "TELEFONE MÓVEL")
        .put("whatsapp", "SIM");
    answer
        .putArray("emails")
        .addObject()
        .put("email", person.email())
        .put("prioridade", "1")
        .put("qualidade", "BOM");
    answer
        .putArray("enderecos")
        .addObject()
        .put("tipoLogradouro", "RUA")
        .put("logradouro", "EXEMPLO")
        .put("logradouroNumero", "100")
        .put("bairro", "CENTRO")
        .put("cidade", "CIDADE EXEMPLO")
        .put("uf", "SP")
        .put("cep", "00000000");
    answer.putArray("imunoBiologicos").addObject().put("vacina", "EXEMPLO PROIBIDO");
    answer.putArray("parentes").addObject().put("nome", "PARENTE PROIBIDO");
    return answer;
  }

  @Override
  public void close() {
    server.close();
  }
}
