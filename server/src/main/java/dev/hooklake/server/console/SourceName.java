package dev.hooklake.server.console;

/// How a source is called on pages: providers as they write themselves, others as configured.
public final class SourceName {
  private SourceName() {}

  public static String of(String name) {
    return switch (name) {
      case "customerio" -> "Customer.io";
      case "twilio" -> "Twilio";
      case "resend" -> "Resend";
      case "c2s" -> "C2S";
      default -> name;
    };
  }
}
