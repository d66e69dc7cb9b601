package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.ProviderFailure;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.Named;
import dev.hooklake.server.reconciliation.ProviderHistory.Naming;
import java.util.ArrayList;
import java.util.List;

/// Reads what things are called at Customer.io: everything that has a list of its own, and whatever
/// belongs to the parents asked for. One request a list and parent, while pages are not full.
final class CustomerIoNames {
  private final CustomerIoApi api;
  private final List<ProviderName> names = new ArrayList<>();

  CustomerIoNames(CustomerIoApi api) {
    this.api = api;
  }

  Naming read(List<Parent> parents) throws InterruptedException {
    try {
      api.campaigns().orThrow().forEach(this::add);
      api.broadcasts().orThrow().forEach(this::add);
      api.transactional().orThrow().forEach(this::add);
      addAll(api.newsletters());
      for (Parent parent : parents) {
        addParts(parent);
      }
      return new Naming.Seen(names);
    } catch (ProviderFailure e) {
      return new Naming.Failed(String.valueOf(e.getMessage()));
    }
  }

  private void addParts(Parent parent) throws InterruptedException {
    switch (parent.kind()) {
      case "campaign" -> addAll(api.campaignActions(parent.id()));
      case "broadcast" -> addAll(api.broadcastActions(parent.id()));
      case "newsletter" -> addAll(api.newsletterContents(parent.id()));
      default -> {}
    }
  }

  /// What was deleted meanwhile has no list any more.
  private void addAll(PageWalk<Named> list) throws InterruptedException {
    Answer<List<Named>> all = list.rest();
    if (!(all instanceof Answer.Failed<List<Named>>(Failure.NotFound _))) {
      all.orThrow().forEach(this::add);
    }
  }

  private void add(Named named) {
    if (named.id() != 0 && !named.name().isEmpty()) {
      names.add(
          new ProviderName(
              named.kind(), named.id(), named.parentId(), named.name(), named.state()));
    }
  }
}
