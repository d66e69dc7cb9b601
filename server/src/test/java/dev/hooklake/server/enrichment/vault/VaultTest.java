package dev.hooklake.server.enrichment.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final VaultKey OLD = key((byte) 1);
  private static final VaultKey NEW = key((byte) 2);
  private static final String CPF = "52998224725";

  @Test
  void whatIsSealedCanBeOpenedAndNeverLooksTheSame() {
    Vault vault = vault(OLD);
    String sealed = vault.seal(CPF);

    assertThat(vault.open(sealed)).isEqualTo(CPF);
    assertThat(sealed).doesNotContain(CPF).startsWith(OLD.id() + ":");
    assertThat(vault.seal(CPF)).isNotEqualTo(sealed);
  }

  @Test
  void aFingerprintIsTheSameForTheSameValueAndKeyOnly() {
    assertThat(vault(OLD).fingerprint(CPF)).isEqualTo(vault(OLD).fingerprint(CPF));
    assertThat(vault(OLD).fingerprint(CPF))
        .isNotEqualTo(vault(NEW).fingerprint(CPF))
        .isNotEqualTo(vault(OLD).fingerprint("11144477735"));
  }

  @Test
  void whileAKeyIsChangedWhatIsOlderIsStillFoundAndOpened() {
    String sealed = vault(OLD).seal(CPF);
    String fingerprint = vault(OLD).fingerprint(CPF);
    Vault both = vault(NEW, OLD);

    assertThat(both.open(sealed)).isEqualTo(CPF);
    assertThat(both.fingerprints(CPF)).contains(fingerprint);
    assertThat(both.matches(fingerprint, CPF)).isTrue();
    assertThat(both.seal(CPF)).startsWith(NEW.id() + ":");
  }

  @Test
  void aMissingKeyIsNamed() {
    String sealed = vault(OLD).seal(CPF);
    assertThatThrownBy(() -> vault(NEW).open(sealed))
        .hasMessageContaining(OLD.id())
        .hasMessageContaining("not configured");
  }

  @Test
  void whatWasChangedIsNotOpened() {
    String sealed = vault(OLD).seal(CPF);
    char last = sealed.charAt(20);
    String changed = sealed.substring(0, 20) + (last == 'A' ? 'B' : 'A') + sealed.substring(21);
    assertThatThrownBy(() -> vault(OLD).open(changed))
        .hasMessageContaining("was changed")
        .hasMessageNotContaining(CPF);
  }

  @Test
  void aKeyOfAnotherSizeIsRefused() {
    for (String bad :
        List.of("", "abc", "not base64!", Base64.getEncoder().encodeToString(new byte[16]))) {
      assertThatThrownBy(() -> VaultKey.of(bad))
          .hasMessageContaining("openssl rand -base64 32")
          .hasNoCause();
    }
    assertThat(OLD).hasToString("VaultKey[" + OLD.id() + "]");
  }

  private static Vault vault(VaultKey... keys) {
    return new Vault(List.of(keys), new SecureRandom());
  }

  private static VaultKey key(byte fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, fill);
    return VaultKey.of(Base64.getEncoder().encodeToString(bytes));
  }
}
