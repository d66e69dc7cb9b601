package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import dev.hooklake.sources.fields.EventTime;
import dev.hooklake.sources.fields.FieldPath;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the settings of a generic source, part by part, and collects what is wrong.
final class GenericSettingsReader {
  private static final ValueRule NOTHING = new ValueRule(List.of(), false, Map.of(), false);

  private final String name;
  private final List<Secret> keys;
  private final PublicAddress address;
  private final List<SettingsProblem> problems = new ArrayList<>();

  GenericSettingsReader(String name, List<Secret> keys, PublicAddress address) {
    this.name = name;
    this.keys = List.copyOf(keys);
    this.address = address;
  }

  GenericSettings read(ObjectNode settings) throws SettingsRefused {
    var tree = new SettingsTree("", settings, problems);
    Verifier verifier = new VerificationReader(keys, address).read(tree.below("verification"));
    EventRules events = events(tree.below("events"));
    RowRules row = row(tree.below("row"));
    AnswerRules answers = answers(tree.below("answers"), tree.below("handshake"));
    tree.finish();
    if (!problems.isEmpty()) {
      throw new SettingsRefused(problems);
    }
    return new GenericSettings(name, verifier, events, row, answers);
  }

  private static EventRules events(SettingsTree tree) {
    var split = new ArrayList<FieldPath>();
    for (String text : tree.texts("split")) {
      split.add(tree.parsed("split", text, FieldPath::of, FieldPath.of("")));
    }
    List<ValueRule> key = tree.texts("key").stream().map(text -> keyPart(tree, text)).toList();
    String formField = tree.text("form-field").orElse("");
    tree.finish();
    return new EventRules(formField, split, key);
  }

  /// Alternatives stand beside each other: `/a/id | /b/id`.
  private static ValueRule keyPart(SettingsTree tree, String text) {
    var origins = new ArrayList<Origin>();
    for (String alternative : text.split("\\|", -1)) {
      Origin origin = Origin.of(alternative.strip());
      if (origin instanceof Origin.Constant) {
        tree.problem("key", "holds a plain word", "write /a/pointer or header:Name");
      }
      origins.add(origin);
    }
    return new ValueRule(origins, false, Map.of(), false);
  }

  private static RowRules row(SettingsTree tree) {
    ValueRule channel = required(tree, "channel", "email");
    channel.from().stream()
        .filter(Origin.Constant.class::isInstance)
        .map(origin -> ((Origin.Constant) origin).text())
        .filter(label -> channel.values().isEmpty() && Channel.of(label).isEmpty())
        .forEach(label -> unknownChannel(tree));
    channel.values().values().stream()
        .filter(label -> Channel.of(label).isEmpty())
        .forEach(label -> unknownChannel(tree));
    ValueRule metric = required(tree, "metric", "/event");
    ValueRule objectType = tree.has("object-type") ? rule(tree, "object-type") : channel;
    Map<String, ValueRule> columns = columns(tree.below("columns"));
    TimeRule time = time(tree.below("timestamp"));
    tree.finish();
    return new RowRules(channel, objectType, metric, time, columns);
  }

  private static void unknownChannel(SettingsTree tree) {
    tree.problem(
        "channel",
        "names no channel",
        "write one of email, sms, push, in_app, whatsapp, slack, webhook, customer, lead");
  }

  private static TimeRule time(SettingsTree tree) {
    ValueRule from = tree.has("from") ? values(tree) : NOTHING;
    EventTime format = tree.constant("format", EventTime.class, EventTime.ISO_8601);
    String missing = tree.choice("missing", List.of("refuse", "received"), "refuse");
    tree.finish();
    return new TimeRule(from, format, missing.equals("received"));
  }

  private static Map<String, ValueRule> columns(SettingsTree tree) {
    var columns = new LinkedHashMap<String, ValueRule>();
    for (String column : tree.names()) {
      if (RowRules.FIXED.contains(column)) {
        tree.problem(column, "is filled by the source itself", "leave it out");
      } else if (Tables.all().stream().noneMatch(table -> isChannelColumn(table, column))) {
        tree.problem(
            column, "is no column of a channel table", "take one of docs/reference/tables.md");
      }
      columns.put(column, rule(tree, column));
    }
    return columns;
  }

  private static boolean isChannelColumn(Table table, String column) {
    return table.has("event_id") && table.has(column);
  }

  private static ValueRule required(SettingsTree tree, String name, String example) {
    if (!tree.has(name)) {
      tree.problem(name, "is missing", "write for example " + example);
      return NOTHING;
    }
    return rule(tree, name);
  }

  /// `name: /pointer`, a list of such, or a map with `from` or `join` and `values`.
  private static ValueRule rule(SettingsTree tree, String name) {
    if (tree.isMap(name)) {
      SettingsTree below = tree.below(name);
      ValueRule rule = values(below);
      below.finish();
      return rule;
    }
    return new ValueRule(origins(tree, name), false, Map.of(), false);
  }

  private static ValueRule values(SettingsTree tree) {
    boolean joined = tree.has("join");
    if (joined == tree.has("from")) {
      tree.problem("from", "is needed, or join, but not both", "write for example from: /event");
    }
    List<Origin> from = origins(tree, joined ? "join" : "from");
    boolean onlyListed = tree.choice("others", List.of("keep", "drop"), "keep").equals("drop");
    return new ValueRule(from, joined, tree.map("values"), onlyListed);
  }

  private static List<Origin> origins(SettingsTree tree, String name) {
    var origins = new ArrayList<Origin>();
    for (String text : tree.texts(name)) {
      origins.add(tree.parsed(name, text, Origin::of, Origin.of(text.replace("/", ""))));
    }
    return origins;
  }

  private static AnswerRules answers(SettingsTree tree, SettingsTree handshake) {
    var accepted =
        new Answer(
            status(tree, "accepted-status", 200, 299),
            tree.text("content-type").orElse("application/json"),
            tree.text("accepted-body").orElse("{\"success\": true}"));
    int refused = status(tree, "refused-status", 401, 599);
    Origin echo =
        tree.text("echo")
            .map(text -> tree.parsed("echo", text, Origin::of, Origin.of("")))
            .orElse(null);
    tree.finish();
    return new AnswerRules(accepted, refused, echo, handshake(handshake));
  }

  private static AnswerRules.@Nullable Handshake handshake(SettingsTree tree) {
    if (tree.names().isEmpty()) {
      return null;
    }
    String tokenParameter = tree.required("token-parameter", "hub.verify_token");
    String challengeParameter = tree.required("challenge-parameter", "hub.challenge");
    Optional<String> token = tree.text("token").filter(text -> !text.isBlank());
    tree.finish();
    return new AnswerRules.Handshake(
        tokenParameter, challengeParameter, token.map(Secret::of).orElse(null));
  }

  private static int status(SettingsTree tree, String name, int usual, int most) {
    String text = tree.text(name).orElse(Integer.toString(usual));
    boolean usable = text.matches("[1-5][0-9]{2}") && Integer.parseInt(text) <= most;
    if (!usable || Integer.parseInt(text) < 200) {
      tree.problem(name, "is no status for this", "write for example " + usual);
      return usual;
    }
    return Integer.parseInt(text);
  }
}
