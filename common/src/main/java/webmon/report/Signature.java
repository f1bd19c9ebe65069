package webmon.report;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Compact JWS (RFC 7515) with Ed25519 (RFC 8037) and a protected header of exactly {@code alg},
 * {@code kid} and {@code typ}.
 */
final class Signature {
  static final String REPORT = "webmon-report+jws";
  static final String ACKNOWLEDGEMENT = "webmon-acknowledgement+jws";

  private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ");
  private static final AlgorithmConstraints EDDSA =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

  private Signature() {}

  /** What was signed, and by which key. */
  record Verified(VerificationKey key, byte[] payload) {}

  static String sign(byte[] payload, String typ, SigningKey key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
    jws.setKeyIdHeaderValue(key.kid());
    jws.setHeader("typ", typ);
    jws.setPayloadBytes(payload);
    jws.setKey(key.key());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  static Verified verify(
      String compact, String typ, Function<String, Optional<VerificationKey>> keys)
      throws RejectedException {
    String[] segments = Compact.segments(compact, 3);
    Map<String, Object> header = Compact.header(segments[0]);
    if (!header.keySet().equals(MEMBERS)) {
      throw new RejectedException(
          Rejection.HEADER, "the signature's header does not have exactly alg, kid and typ");
    }
    Compact.expect(header, "alg", AlgorithmIdentifiers.EDDSA);
    Compact.expect(header, "typ", typ);
    String kid = Compact.text(header, "kid");
    VerificationKey key =
        keys.apply(kid)
            .orElseThrow(
                () -> new RejectedException(Rejection.UNKNOWN_AGENT_KEY, "no key has this kid"));
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(EDDSA);
      jws.setCompactSerialization(compact);
      jws.setKey(key.key());
      if (jws.verifySignature()) {
        return new Verified(key, jws.getUnverifiedPayloadBytes());
      }
    } catch (JoseException | RuntimeException damaged) {
      // jose4j throws NullPointerException and others on damaged input: it is not a signature.
      throw new RejectedException(Rejection.SIGNATURE, "the signature cannot be read");
    }
    throw new RejectedException(Rejection.SIGNATURE, "the signature is not by the key it names");
  }
}
