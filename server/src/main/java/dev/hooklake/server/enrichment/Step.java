package dev.hooklake.server.enrichment;

/// One step of an enrichment. Taking it twice does no harm; what must not happen twice happens in
/// its effect, which is stored together with the record that it ended.
interface Step {
  StepName name();

  StepEnd take(LeadWork work) throws InterruptedException;
}
