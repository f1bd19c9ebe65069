package webmon.report;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECKey;
import java.security.interfaces.XECKey;
import java.security.spec.NamedParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.lang.JoseException;

/** Octet key pairs (RFC 8037) of the two curves that the wire uses, as JWKs. */
final class Okp {
  static final String ED25519 = "Ed25519";
  static final String X25519 = "X25519";

  private Okp() {}

  static KeyPair generate(String curve) {
    try {
      return KeyPairGenerator.getInstance(curve).generateKeyPair();
    } catch (NoSuchAlgorithmException everyJavaSinceFifteenHasIt) {
      throw new IllegalStateException(everyJavaSinceFifteenHasIt);
    }
  }

  static OctetKeyPairJsonWebKey of(java.security.PublicKey key) {
    try {
      return (OctetKeyPairJsonWebKey) JsonWebKey.Factory.newJwk(key);
    } catch (JoseException e) {
      throw new IllegalArgumentException("not a key of this curve", e);
    }
  }

  /**
   * Reads a JWK of that curve.
   *
   * @throws IllegalArgumentException with a sentence for people if it is not one
   */
  static OctetKeyPairJsonWebKey parse(String jwk, String curve) {
    try {
      if (JsonWebKey.Factory.newJwk(jwk) instanceof OctetKeyPairJsonWebKey okp
          && hasCurve(okp.getKey(), curve)) {
        return okp;
      }
    } catch (JoseException | RuntimeException e) {
      throw new IllegalArgumentException("not a JWK of kind OKP with crv " + curve, e);
    }
    throw new IllegalArgumentException("a JWK of kind OKP with crv " + curve + " is needed");
  }

  static boolean hasCurve(Key key, String curve) {
    return switch (key) {
      case EdECKey ed -> ed.getParams().getName().equals(curve);
      case XECKey x ->
          x.getParams() instanceof NamedParameterSpec named && named.getName().equals(curve);
      default -> false;
    };
  }

  /** RFC 7638 thumbprint, SHA-256, base64url. */
  static String thumbprint(JsonWebKey jwk) {
    return jwk.calculateBase64urlEncodedThumbprint("SHA-256");
  }

  /** The JWK as JSON text, with its use and key id. */
  static String json(OctetKeyPairJsonWebKey jwk, String use, JsonWebKey.OutputControlLevel level) {
    Map<String, Object> members = new LinkedHashMap<>(jwk.toParams(level));
    members.put("use", use);
    members.put("kid", thumbprint(jwk));
    return JsonUtil.toJson(members);
  }
}
