package dev.hooklake.testkit.http;

import java.util.Map;

/// A request as a fake sees it: path and query decoded.
public record Ask(
    String method, String path, Map<String, String> query, String authorization, String body) {
  public Ask {
    query = Map.copyOf(query);
  }

  public String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  public long number(String name, long otherwise) {
    String text = query.get(name);
    return text == null ? otherwise : Long.parseLong(text);
  }
}
