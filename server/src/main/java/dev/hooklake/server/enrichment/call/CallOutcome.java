package dev.hooklake.server.enrichment.call;

/// What came of one call.
public sealed interface CallOutcome {

  /// The service answered and is well; what the status means is for the caller to say.
  record Answered(int status, String body) implements CallOutcome {
    @Override
    public String toString() {
      return "Answered[" + status + ", " + body.length() + " characters]";
    }
  }

  record Failed(Failure failure) implements CallOutcome {}
}
