package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.Verifier;
import java.util.List;

/// A source described by data: how it is verified, split, keyed, read and answered.
///
/// The tree that it is read from is the one of `docs/reference/sources.md`; a ready-made one comes
/// from [Presets].
public final class GenericSettings {
  private final String name;
  private final Verifier verifier;
  private final EventRules events;
  private final RowRules row;
  private final AnswerRules answers;

  GenericSettings(
      String name, Verifier verifier, EventRules events, RowRules row, AnswerRules answers) {
    this.name = name;
    this.verifier = verifier;
    this.events = events;
    this.row = row;
    this.answers = answers;
  }

  /// Reads a settings tree, or says all that is wrong with it.
  ///
  /// @param keys the secrets or public keys, each as the provider shows it; several while one is
  ///   being changed
  /// @param address under which URL we are called, for senders that sign it
  public static GenericSettings read(
      String name, ObjectNode tree, List<Secret> keys, PublicAddress address)
      throws SettingsRefused {
    return new GenericSettingsReader(name, keys, address).read(tree);
  }

  String name() {
    return name;
  }

  Verifier verifier() {
    return verifier;
  }

  EventRules events() {
    return events;
  }

  RowRules row() {
    return row;
  }

  AnswerRules answers() {
    return answers;
  }
}
