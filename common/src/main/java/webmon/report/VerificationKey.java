package webmon.report;

import java.security.PublicKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;

/** The public half of a {@link SigningKey}: Ed25519, and nothing else. */
public final class VerificationKey {
  private final OctetKeyPairJsonWebKey jwk;
  private final String kid;

  VerificationKey(OctetKeyPairJsonWebKey jwk) {
    this.jwk = jwk;
    this.kid = Okp.thumbprint(jwk);
  }

  /**
   * Reads a public (or private) JWK.
   *
   * @throws IllegalArgumentException with a sentence for people if it is no Ed25519 JWK
   */
  public static VerificationKey ofJwk(String jwk) {
    return new VerificationKey(Okp.parse(jwk, Okp.ED25519));
  }

  /** RFC 7638 thumbprint. */
  public String kid() {
    return kid;
  }

  /** The public JWK as JSON text. */
  public String jwk() {
    return Okp.json(jwk, "sig", OutputControlLevel.PUBLIC_ONLY);
  }

  PublicKey key() {
    return jwk.getPublicKey();
  }
}
