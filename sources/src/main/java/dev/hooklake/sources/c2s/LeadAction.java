package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/// What happened to a lead.
public enum LeadAction {
  CREATED("on_create_lead", "lead.created"),
  UPDATED("on_update_lead", "lead.updated"),
  /// Archived, or the deal is done.
  CLOSED("on_close_lead", "lead.closed"),
  /// Something that C2S did not do when this was written.
  OTHER("", "");

  private final String hookAction;
  private final String olderName;

  LeadAction(String hookAction, String olderName) {
    this.hookAction = hookAction;
    this.olderName = olderName;
  }

  /// The word for it in tables, for example `created`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The trigger under which C2S takes a subscription for it; empty for `OTHER`.
  public Optional<String> hookAction() {
    return hookAction.isEmpty() ? Optional.empty() : Optional.of(hookAction);
  }

  /// What the sender says, in C2S's words or those of an older guide.
  static LeadAction named(String sent) {
    String word = sent.strip().toLowerCase(Locale.ROOT);
    for (LeadAction action : values()) {
      if (action != OTHER && (word.equals(action.hookAction) || word.equals(action.olderName))) {
        return action;
      }
    }
    return OTHER;
  }

  /// What the lead itself tells, for deliveries that do not say what happened.
  static LeadAction inferred(JsonNode attributes) {
    if (attributes.path("archive_details").path("archived").asBoolean()
        || attributes.path("done_details").path("done").asBoolean()) {
      return CLOSED;
    }
    JsonNode created = attributes.path("created_at");
    return created.isTextual() && created.equals(attributes.path("updated_at")) ? CREATED : UPDATED;
  }
}
