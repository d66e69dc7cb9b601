package dev.hooklake.server.intake;

/// Why a delivery was turned away before or instead of storing it; the name is a metric label.
///
/// The statuses keep off those after which a provider stops its whole queue for an hour
/// (Customer.io: 400, 401, 404, 405, 429, 500, 502) wherever a repeat may succeed. For the limits
/// of one source, that source says which status makes its provider come back later.
enum Rejection {
  BODY_TOO_LARGE(413, "the body is larger than this server accepts"),
  BODY_INCOMPLETE(408, "the body did not arrive whole in time"),
  ENCODING_UNSUPPORTED(415, "of content encodings only gzip is understood"),
  ENCODING_MALFORMED(400, "the body is not the gzip stream it claims to be"),
  OVERLOADED(503, "too many deliveries are under way; send it again later"),
  JOURNAL_FULL(503, "the journal is full; send it again later"),
  JOURNAL_FAILED(503, "the journal cannot store now; send it again later"),
  RATE_LIMITED(503, "more came than this source may send; send it again later"),
  ADDRESS_NOT_ALLOWED(503, "nothing is taken from this address"),
  FAULT(503, "this server failed on it; send it again later");

  private final int status;
  private final String message;

  Rejection(int status, String message) {
    this.status = status;
    this.message = message;
  }

  int status() {
    return status;
  }

  /// Whether it is a limit of one source, whose provider decides what can be answered.
  boolean ofSource() {
    return this == RATE_LIMITED || this == ADDRESS_NOT_ALLOWED;
  }

  String message() {
    return message;
  }
}
