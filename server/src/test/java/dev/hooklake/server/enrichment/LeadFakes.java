package dev.hooklake.server.enrichment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.leads.C2sFake;
import dev.hooklake.testkit.leads.DiretrixFake;
import dev.hooklake.testkit.leads.People;
import dev.hooklake.testkit.leads.Weather;
import dev.hooklake.testkit.leads.WorkApiFake;

/// The CRM and both registers on the loopback.
final class LeadFakes implements AutoCloseable {
  final C2sFake crm;
  final DiretrixFake finder;
  final WorkApiFake register;

  LeadFakes(C2sFake crm, Weather finding, Weather registering) {
    this.crm = crm;
    this.finder = new DiretrixFake(LeadWorld.USER, LeadWorld.PASSWORD, People.byDigit(), finding);
    this.register = new WorkApiFake(LeadWorld.REGISTER_TOKEN, People.byDigit(), registering);
  }

  static LeadFakes fair() {
    return new LeadFakes(C2sFake.fair(LeadWorld.CRM_TOKEN), Weather.fair(), Weather.fair());
  }

  LeadWorld.Services services() {
    return new LeadWorld.Services(crm.url(), finder.url(), register.url());
  }

  /// A lead that the CRM knows too; its webhook's body.
  String lead(String id, String updatedAt, String email, String phone) {
    ObjectNode lead = LeadWorld.lead(id, updatedAt, email, phone);
    crm.lead(lead);
    return lead.deepCopy().put("hook_action", "on_create_lead").toString();
  }

  @Override
  public void close() {
    crm.close();
    finder.close();
    register.close();
  }
}
