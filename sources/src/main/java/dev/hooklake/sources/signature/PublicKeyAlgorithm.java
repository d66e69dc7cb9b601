package dev.hooklake.sources.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;

/// The public-key signatures that providers use.
public enum PublicKeyAlgorithm {
  ED25519("Ed25519", "Ed25519"),
  ECDSA_P256("EC", "SHA256withECDSA");

  private final String keyName;
  private final String signatureName;

  PublicKeyAlgorithm(String keyName, String signatureName) {
    this.keyName = keyName;
    this.signatureName = signatureName;
  }

  KeyFactory keys() throws GeneralSecurityException {
    return KeyFactory.getInstance(keyName);
  }

  Signature signature() throws GeneralSecurityException {
    return Signature.getInstance(signatureName);
  }
}
