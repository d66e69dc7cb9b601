package dev.hooklake.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.erasure.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// By what a person is known. A dash stands for the next line of standard input.
final class PersonOptions {
  private static final String NEXT_LINE = "-";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "An e-mail address; - reads a line of standard input, here and below.")
  private List<String> emails = List.of();

  @Option(
      names = "--phone",
      paramLabel = "NUMBER",
      description = "A phone number with country code, such as +5511912345678.")
  private List<String> phones = List.of();

  @Option(
      names = "--customer-id",
      paramLabel = "ID",
      description = "The workspace's id of the person.")
  private List<String> customerIds = List.of();

  @Option(names = "--cio-id", paramLabel = "ID", description = "Customer.io's id of the person.")
  private List<String> cioIds = List.of();

  @Option(
      names = "--cpf",
      paramLabel = "NUMBER",
      description =
          "A Brazilian taxpayer number. People whom a register named are found by it under the keys"
              + " in enrichment.vault-keys.")
  private List<String> cpfs = List.of();

  Person person() throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try {
      return new Person(
          values(emails, in),
          values(phones, in),
          values(customerIds, in),
          values(cioIds, in),
          values(cpfs, in));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Set<String> values(List<String> given, BufferedReader in) throws IOException {
    var values = new LinkedHashSet<String>();
    for (String value : given) {
      String line = value.equals(NEXT_LINE) ? in.readLine() : value;
      values.add(line == null ? "" : line);
    }
    return values;
  }

  /// As the admin port asks for it.
  static JsonNode json(Person person, boolean now) {
    ObjectNode json = JSON.createObjectNode();
    person.emails().forEach(json.putArray("emails")::add);
    person.phones().forEach(json.putArray("phones")::add);
    person.customerIds().forEach(json.putArray("customerIds")::add);
    person.cioIds().forEach(json.putArray("cioIds")::add);
    person.cpfs().forEach(json.putArray("cpfs")::add);
    return json.put("now", now);
  }
}
