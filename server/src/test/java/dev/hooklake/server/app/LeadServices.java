package dev.hooklake.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.enrichment.LeadLines;
import dev.hooklake.testkit.leads.C2sFake;
import dev.hooklake.testkit.leads.DiretrixFake;
import dev.hooklake.testkit.leads.People;
import dev.hooklake.testkit.leads.Weather;
import dev.hooklake.testkit.leads.WorkApiFake;
import java.util.List;

/// The CRM, which knows the leads of the samples, and both registers.
record LeadServices(C2sFake crm, DiretrixFake finder, WorkApiFake register)
    implements AutoCloseable {
  static final String CRM_TOKEN = "example-api-token";
  static final String USER = "user";
  static final String PASSWORD = "register-password";
  static final String REGISTER_TOKEN = "register-token";

  /// Those who are in the samples.
  private static final List<String> CUSTOMERS =
      List.of(
          "single_create_bare",
          "single_create_seed_event_name",
          "single_no_hook_action",
          "close_deal_done");

  static LeadServices open() {
    var services =
        new LeadServices(
            C2sFake.fair(CRM_TOKEN),
            new DiretrixFake(USER, PASSWORD, People.byDigit(), Weather.fair()),
            new WorkApiFake(REGISTER_TOKEN, People.byDigit(), Weather.fair()));
    for (String sample : CUSTOMERS) {
      services.crm.lead(LeadLines.named("webhook_in", sample).path("body"));
    }
    return services;
  }

  /// A lead that the CRM knows; its webhook's body.
  String lead(String id, String email, String phone) {
    ObjectNode lead = new ObjectMapper().createObjectNode().put("id", id);
    ObjectNode attributes = lead.putObject("attributes");
    attributes.put("updated_at", "2026-01-15T10:00:00.000-03:00");
    attributes
        .putObject("customer")
        .put("name", "Lead Teste Alfa")
        .put("email", email)
        .put("phone", phone);
    crm.lead(lead);
    return ((JsonNode) lead.put("hook_action", "on_create_lead")).toString();
  }

  @Override
  public void close() {
    crm.close();
    finder.close();
    register.close();
  }
}
