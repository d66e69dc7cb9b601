package dev.hooklake.sources;

/// An HTTP answer: status, content type and body text.
public record Answer(int status, String contentType, String body) {
  public static Answer json(int status, String body) {
    return new Answer(status, "application/json", body);
  }
}
