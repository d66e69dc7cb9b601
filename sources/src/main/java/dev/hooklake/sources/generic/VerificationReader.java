package dev.hooklake.sources.generic;

import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.signature.BasicCredentials;
import dev.hooklake.sources.signature.BodyHashJwt;
import dev.hooklake.sources.signature.ContentSignature;
import dev.hooklake.sources.signature.HmacAlgorithm;
import dev.hooklake.sources.signature.HmacKey;
import dev.hooklake.sources.signature.Place;
import dev.hooklake.sources.signature.PublicKeyAlgorithm;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.SharedToken;
import dev.hooklake.sources.signature.SignatureEncoding;
import dev.hooklake.sources.signature.SignatureScheme;
import dev.hooklake.sources.signature.SignedContent;
import dev.hooklake.sources.signature.StandardWebhooks;
import dev.hooklake.sources.signature.Unverified;
import dev.hooklake.sources.signature.Verifier;
import dev.hooklake.sources.signature.VerifyingKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads how a source is verified.
final class VerificationReader {
  private static final SignedContent BODY = SignedContent.parse("{body}");
  private static final List<String> TYPES =
      List.of("hmac", "ed25519", "ecdsa", "standard-webhooks", "token", "basic", "jwt", "none");

  private final List<Secret> keys;
  private final PublicAddress address;

  VerificationReader(List<Secret> keys, PublicAddress address) {
    this.keys = keys;
    this.address = address;
  }

  Verifier read(SettingsTree tree) {
    tree.required("type", "hmac");
    Verifier verifier =
        switch (tree.choice("type", TYPES, "none")) {
          case "hmac" -> hmac(tree);
          case "ed25519" -> publicKey(tree, PublicKeyAlgorithm.ED25519);
          case "ecdsa" -> publicKey(tree, PublicKeyAlgorithm.ECDSA_P256);
          case "standard-webhooks" -> {
            Duration tolerance = tolerance(tree, "tolerance");
            yield built(tree, () -> StandardWebhooks.of(keys, tolerance));
          }
          case "token" -> token(tree);
          case "basic" -> built(tree, () -> new BasicCredentials(keys));
          case "jwt" -> {
            Duration tolerance = tolerance(tree, "tolerance");
            yield built(tree, () -> new BodyHashJwt(keys, tolerance));
          }
          default -> new Unverified();
        };
    tree.finish();
    return verifier;
  }

  private Verifier hmac(SettingsTree tree) {
    HmacAlgorithm algorithm = tree.constant("algorithm", HmacAlgorithm.class, HmacAlgorithm.SHA256);
    String written = tree.choice("secret-encoding", List.of("text", "hex", "base64"), "text");
    return content(tree, secret -> new HmacKey(algorithm, secret.decoded(written)));
  }

  private Verifier publicKey(SettingsTree tree, PublicKeyAlgorithm algorithm) {
    return content(tree, secret -> secret.publicKey(algorithm));
  }

  private Verifier content(SettingsTree tree, Function<Secret, VerifyingKey> key) {
    Place signature = place(tree.below("signature"), "X-Signature");
    SignatureEncoding encoding =
        tree.constant("encoding", SignatureEncoding.class, SignatureEncoding.HEX);
    SignedContent content =
        tree.parsed("content", tree.text("content").orElse("{body}"), SignedContent::parse, BODY);
    SignatureScheme.Timestamp timestamp = timestamp(tree);
    return built(
        tree,
        () ->
            new ContentSignature(
                new SignatureScheme(signature, encoding, content, timestamp, address),
                keys.stream().map(key).toList()));
  }

  private static SignatureScheme.@Nullable Timestamp timestamp(SettingsTree tree) {
    if (!tree.has("timestamp")) {
      return null;
    }
    SettingsTree below = tree.below("timestamp");
    Duration tolerance = tolerance(below, "tolerance");
    return new SignatureScheme.Timestamp(place(below, "X-Timestamp"), tolerance);
  }

  private Verifier token(SettingsTree tree) {
    var places = new ArrayList<Place>();
    String prefix = tree.text("prefix").orElse("");
    tree.text("header")
        .ifPresent(name -> places.add(new Place(Place.Kind.HEADER, name, prefix, "")));
    tree.text("query").ifPresent(name -> places.add(Place.query(name)));
    return built(tree, () -> new SharedToken(places, keys));
  }

  /// `header`, `query`, `form` or `json`, with `prefix` and `separator`.
  private static Place place(SettingsTree tree, String example) {
    String prefix = tree.text("prefix").orElse("");
    String separator = tree.text("separator").orElse("");
    var places = new ArrayList<Place>();
    for (Place.Kind kind : Place.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      Optional<String> text = tree.text(name);
      text.ifPresent(value ->
          places.add(
              tree.parsed(
                  name,
                  value,
                  where -> new Place(kind, where, prefix, separator),
                  Place.header(example))));
    }
    if (places.size() != 1) {
      tree.problem(
          "header",
          "is needed, or one of query, form, json",
          "write for example header: " + example);
    }
    tree.finish();
    return places.isEmpty() ? Place.header(example) : places.get(0);
  }

  private static Duration tolerance(SettingsTree tree, String name) {
    String text = tree.text(name).orElse("5m");
    if (!text.matches("[0-9]{1,6}[smh]")) {
      tree.problem(name, "is not a time", "write for example 300s or 5m");
      return StandardWebhooks.TOLERANCE;
    }
    String iso = "PT" + text.toUpperCase(Locale.ROOT);
    return tree.parsed(name, iso, Duration::parse, StandardWebhooks.TOLERANCE);
  }

  private static Verifier built(SettingsTree tree, Supplier<Verifier> verifier) {
    return tree.parsed("type", "", any -> verifier.get(), new Unverified());
  }
}
