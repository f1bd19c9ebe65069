package webmon.report;

import java.security.KeyPair;
import java.security.PrivateKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;

/** A server's X25519 key pair: reports are encrypted for it. */
public final class DecryptionKey {
  private final OctetKeyPairJsonWebKey jwk;
  private final EncryptionKey publicKey;

  private DecryptionKey(OctetKeyPairJsonWebKey jwk) {
    this.jwk = jwk;
    this.publicKey = new EncryptionKey(jwk);
  }

  public static DecryptionKey generate() {
    KeyPair pair = Okp.generate(Okp.X25519);
    OctetKeyPairJsonWebKey jwk = Okp.of(pair.getPublic());
    jwk.setPrivateKey(pair.getPrivate());
    return new DecryptionKey(jwk);
  }

  /**
   * Reads a private JWK.
   *
   * @throws IllegalArgumentException with a sentence for people if it is no private X25519 JWK
   */
  public static DecryptionKey ofJwk(String jwk) {
    OctetKeyPairJsonWebKey okp = Okp.parse(jwk, Okp.X25519);
    if (okp.getPrivateKey() == null) {
      throw new IllegalArgumentException("a private JWK is needed, this one has no member d");
    }
    return new DecryptionKey(okp);
  }

  public EncryptionKey publicKey() {
    return publicKey;
  }

  public String kid() {
    return publicKey.kid();
  }

  /** The private JWK as JSON text: a secret. */
  public String privateJwk() {
    return Okp.json(jwk, "enc", OutputControlLevel.INCLUDE_PRIVATE);
  }

  PrivateKey key() {
    return jwk.getPrivateKey();
  }

  @Override
  public String toString() {
    return "DecryptionKey[" + kid() + "]";
  }
}
