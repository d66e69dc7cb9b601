package dev.hooklake.sources.twilio;

import java.util.regex.Pattern;

/// Twilio's id of a message. Its form is checked because a Twilio signature proves the joined text
/// of all fields, not where one of them ends.
final class MessageSid {
  private static final Pattern FORM = Pattern.compile("(?:SM|MM)[0-9a-fA-F]{32}");

  private MessageSid() {}

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
