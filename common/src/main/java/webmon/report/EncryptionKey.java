package webmon.report;

import java.security.PublicKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;

/** The public half of a {@link DecryptionKey}: X25519, and nothing else. */
public final class EncryptionKey {
  private final OctetKeyPairJsonWebKey jwk;
  private final String kid;

  EncryptionKey(OctetKeyPairJsonWebKey jwk) {
    this.jwk = jwk;
    this.kid = Okp.thumbprint(jwk);
  }

  /**
   * Reads a public (or private) JWK.
   *
   * @throws IllegalArgumentException with a sentence for people if it is no X25519 JWK
   */
  public static EncryptionKey ofJwk(String jwk) {
    return new EncryptionKey(Okp.parse(jwk, Okp.X25519));
  }

  /** RFC 7638 thumbprint. */
  public String kid() {
    return kid;
  }

  /** The public JWK as JSON text. */
  public String jwk() {
    return Okp.json(jwk, "enc", OutputControlLevel.PUBLIC_ONLY);
  }

  PublicKey key() {
    return jwk.getPublicKey();
  }
}
