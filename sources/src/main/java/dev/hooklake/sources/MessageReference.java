package dev.hooklake.sources;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Our own id of a message, sent along when the message was sent and given back with its events: in
/// the callback URL's query, a tag or a header.
///
/// A query is not stored with an event, since some hold secrets; a source that finds a reference in
/// one stores it under a header name of ours.
public final class MessageReference {
  /// Under which names the reference is looked for in queries and tags.
  public static final List<String> NAMES = List.of("message_id", "message_ref");

  /// Under which name it is stored with the event.
  public static final String STORED_HEADER = "hooklake-message-ref";

  private static final Pattern REFERENCE = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private MessageReference() {}

  /// The reference in a query.
  public static Optional<String> inQuery(String query) {
    return FormFields.parse(query)
        .flatMap(fields -> NAMES.stream().flatMap(name -> fields.first(name).stream()).findFirst())
        .filter(MessageReference::usable);
  }

  /// The reference stored with an event.
  public static Optional<String> stored(Headers headers) {
    return headers.single(STORED_HEADER).filter(MessageReference::usable);
  }

  public static boolean usable(String text) {
    return REFERENCE.matcher(text).matches();
  }
}
