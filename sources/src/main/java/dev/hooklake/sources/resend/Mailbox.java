package dev.hooklake.sources.resend;

/// `Name <address>` or a bare address.
final class Mailbox {

  private Mailbox() {}

  static String address(String text) {
    int open = text.lastIndexOf('<');
    int close = text.lastIndexOf('>');
    return (open >= 0 && close > open ? text.substring(open + 1, close) : text).strip();
  }
}
