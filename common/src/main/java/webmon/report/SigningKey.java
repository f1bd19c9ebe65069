package webmon.report;

import java.security.KeyPair;
import java.security.PrivateKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;

/** An Ed25519 key pair: an agent signs its reports with one, a server its acknowledgements. */
public final class SigningKey {
  private final OctetKeyPairJsonWebKey jwk;
  private final VerificationKey publicKey;

  private SigningKey(OctetKeyPairJsonWebKey jwk) {
    this.jwk = jwk;
    this.publicKey = new VerificationKey(jwk);
  }

  public static SigningKey generate() {
    KeyPair pair = Okp.generate(Okp.ED25519);
    OctetKeyPairJsonWebKey jwk = Okp.of(pair.getPublic());
    jwk.setPrivateKey(pair.getPrivate());
    return new SigningKey(jwk);
  }

  /**
   * Reads a private JWK.
   *
   * @throws IllegalArgumentException with a sentence for people if it is no private Ed25519 JWK
   */
  public static SigningKey ofJwk(String jwk) {
    OctetKeyPairJsonWebKey okp = Okp.parse(jwk, Okp.ED25519);
    if (okp.getPrivateKey() == null) {
      throw new IllegalArgumentException("a private JWK is needed, this one has no member d");
    }
    return new SigningKey(okp);
  }

  public VerificationKey publicKey() {
    return publicKey;
  }

  public String kid() {
    return publicKey.kid();
  }

  /** The private JWK as JSON text: a secret. */
  public String privateJwk() {
    return Okp.json(jwk, "sig", OutputControlLevel.INCLUDE_PRIVATE);
  }

  PrivateKey key() {
    return jwk.getPrivateKey();
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid() + "]";
  }
}
