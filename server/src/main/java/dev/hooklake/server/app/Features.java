package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The features of a server. A new one is a class of its own and a line in the list.
record Features(List<Feature> on) {
  private static final List<Feature> ALL =
      List.of(
          new LeadsFeature(),
          new LeadsFeature.Off(),
          new TrackingFeature(),
          new TrackingFeature.Off(),
          new ForwardingFeature(),
          new ForwardingFeature.Off(),
          new MaintenanceFeature(),
          new ErasureFeature(),
          new ReconciliationFeature(),
          new ReconciliationFeature.Off(),
          new CustomerIoFeature(),
          new AlertsFeature());

  Features {
    on = List.copyOf(on);
  }

  static Features of(Settings settings) {
    var sinks = new SinksFeature(settings.of(Sections.SINKS));
    return new Features(
        Stream.concat(ALL.stream(), Stream.of(sinks))
            .filter(feature -> feature.isOn(settings))
            .toList());
  }

  /// All that must have passed a record before the journal lets it go.
  Set<String> consumersBeside(Set<String> others) {
    return Stream.concat(
            others.stream(), on.stream().flatMap(feature -> feature.consumers().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  void open(Wiring wiring) throws IOException {
    for (Feature feature : on) {
      feature.open(wiring);
    }
  }
}
