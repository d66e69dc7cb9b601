package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/// Verifies a secret that the sender repeats in each request, in a header or the query. It proves
/// who knows the token, not that the body is whole.
public final class SharedToken implements Verifier {
  private final List<Place> places;
  private final List<Secret> tokens;

  /// The first of `places` that holds a value decides.
  public SharedToken(List<Place> places, List<Secret> tokens) {
    if (places.isEmpty()) {
      throw new IllegalArgumentException(
          "nowhere to look for the token; name a header or a query parameter");
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("no token to compare with; give at least one");
    }
    this.places = List.copyOf(places);
    this.tokens = List.copyOf(tokens);
  }

  @Override
  public Verification verify(Delivery delivery) {
    for (Place place : places) {
      Optional<String> presented = place.value(delivery);
      if (presented.isPresent()) {
        return compare(presented.get());
      }
    }
    return new Verification.Refused(
        Reason.SIGNATURE_MISSING, "a token is needed in " + places.get(0).described());
  }

  @Override
  public Optional<Delivery> sign(Delivery delivery) {
    Place place = places.get(0);
    String value = place.prefix() + tokens.get(0).text();
    return switch (place.kind()) {
      case HEADER -> Optional.of(delivery.with(Headers.of(place.name(), value)));
      case QUERY ->
          Optional.of(delivery.withQuery(place.name() + "=" + URLEncoder.encode(value, UTF_8)));
      case FORM, JSON -> Optional.empty();
    };
  }

  private Verification compare(String presented) {
    for (Secret token : tokens) {
      if (token.isText(presented)) {
        return new Verification.Verified(token.fingerprint(), null);
      }
    }
    return new Verification.Refused(Reason.SIGNATURE_WRONG, "the token is not one of ours");
  }
}
