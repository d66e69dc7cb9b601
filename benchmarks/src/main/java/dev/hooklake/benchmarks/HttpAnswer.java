package dev.hooklake.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/// As much of HTTP as a load generator needs: is the answer whole, and what is its status?
final class HttpAnswer {
  static final int NOT_YET = -1;
  private static final String LENGTH = "\r\ncontent-length:";

  private HttpAnswer() {}

  static int statusIfWhole(byte[] answer, int length) {
    String text = new String(answer, 0, length, US_ASCII);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return NOT_YET;
    }
    String head = text.substring(0, headEnd + 2).toLowerCase(Locale.ROOT);
    if (text.length() < headEnd + 4 + contentLength(head)) {
      return NOT_YET;
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  private static int contentLength(String head) {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IllegalStateException("an answer without Content-Length: " + head);
    }
    int end = head.indexOf('\r', at + LENGTH.length());
    return Integer.parseInt(head.substring(at + LENGTH.length(), end).trim());
  }
}
