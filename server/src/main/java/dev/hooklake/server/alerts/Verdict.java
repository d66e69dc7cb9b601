package dev.hooklake.server.alerts;

import java.util.List;

/// What a rule makes of the measurements.
///
/// | verdict | what becomes of the rule's alerts                          |
/// |---------|------------------------------------------------------------|
/// | Known   | each finding fires; what is found no more resolves         |
/// | Unknown | all stay as they are: nobody could measure, or not for long enough |
public sealed interface Verdict {

  record Known(List<Finding> findings) implements Verdict {
    public Known {
      findings = List.copyOf(findings);
    }
  }

  record Unknown() implements Verdict {}
}
