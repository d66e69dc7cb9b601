package dev.hooklake.sources.signature;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Signs deliveries by a [SignatureScheme], for whoever plays the provider. Works for schemes that
/// carry signature and time in headers.
public final class ContentSigner {
  private final SignatureScheme scheme;
  private final SigningKey key;

  public ContentSigner(SignatureScheme scheme, SigningKey key) {
    this.scheme = scheme;
    this.key = key;
  }

  /// The delivery with the headers that make it authentic at its time of receipt.
  public Delivery sign(Delivery delivery) {
    String timestamp = Long.toString(delivery.receivedAt().getEpochSecond());
    var values = new TreeMap<>(delivery.headers().values());
    SignatureScheme.Timestamp time = scheme.timestamp();
    if (time != null) {
      add(values, time.place(), timestamp);
    }
    add(values, scheme.signature(), signature(delivery, timestamp));
    return new Delivery(
        delivery.path(),
        delivery.query(),
        new Headers(values),
        delivery.body(),
        delivery.receivedAt(),
        delivery.peer());
  }

  private String signature(Delivery delivery, String timestamp) {
    try {
      List<byte[]> content =
          scheme.content().of(new SignedContent.Request(delivery, timestamp, scheme.address()));
      return scheme.encoding().encode(key.sign(content));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.refused().message(), refusal);
    }
  }

  /// Places that share a header share it as a list.
  private static void add(Map<String, List<String>> headers, Place place, String value) {
    if (place.kind() != Place.Kind.HEADER) {
      throw new IllegalArgumentException(
          "this signer writes headers; put the value into the " + place.described() + " yourself");
    }
    String name = place.name().toLowerCase(Locale.ROOT);
    var elements = new ArrayList<String>(headers.getOrDefault(name, List.of()));
    elements.add(place.prefix() + value);
    headers.put(name, List.of(String.join(place.separator(), elements)));
  }
}
