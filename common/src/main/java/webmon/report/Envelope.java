package webmon.report;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * Compact JWE (RFC 7516) around a signed report: ECDH-ES over X25519 (RFC 8037) with A256GCM, and a
 * protected header of exactly six members. Made anew at each sending, for the key then valid.
 */
public final class Envelope {
  private static final String TYP = "webmon-report+jwe";
  private static final Set<String> MEMBERS = Set.of("alg", "enc", "epk", "kid", "typ", "cty");
  private static final Set<String> EPK_MEMBERS = Set.of("kty", "crv", "x");
  private static final AlgorithmConstraints ECDH_ES =
      new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.ECDH_ES);
  private static final AlgorithmConstraints A256GCM =
      new AlgorithmConstraints(
          ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);

  private Envelope() {}

  /** Encrypts a compact JWS. */
  public static String seal(String jws, EncryptionKey key) {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
    jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
    jwe.setKeyIdHeaderValue(key.kid());
    jwe.setHeader("typ", TYP);
    jwe.setHeader("cty", "JOSE");
    jwe.setPayload(jws);
    jwe.setKey(key.key());
    try {
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("encryption failed", e);
    }
  }

  /**
   * Decrypts a report to its compact JWS.
   *
   * @param keys the server's keys by key id
   * @throws RejectedException in every case but success
   */
  public static String open(String compact, Function<String, Optional<DecryptionKey>> keys)
      throws RejectedException {
    String[] segments = Compact.segments(compact, 5);
    Map<String, Object> header = Compact.header(segments[0]);
    checkHeader(header);
    if (!segments[1].isEmpty()) {
      throw new RejectedException(Rejection.NOT_COMPACT, "ECDH-ES has no encrypted key");
    }
    DecryptionKey key =
        keys.apply(Compact.text(header, "kid"))
            .orElseThrow(() ->
                new RejectedException(
                    Rejection.UNKNOWN_SERVER_KEY, "encrypted for a key that is not ours"));
    try {
      JsonWebEncryption jwe = new JsonWebEncryption();
      jwe.setAlgorithmConstraints(ECDH_ES);
      jwe.setContentEncryptionAlgorithmConstraints(A256GCM);
      jwe.setCompactSerialization(compact);
      jwe.setKey(key.key());
      return jwe.getPayload();
    } catch (JoseException | RuntimeException damaged) {
      throw new RejectedException(Rejection.NOT_DECRYPTED, "cannot be decrypted");
    }
  }

  private static void checkHeader(Map<String, Object> header) throws RejectedException {
    if (!header.keySet().equals(MEMBERS)) {
      throw new RejectedException(
          Rejection.HEADER, "the envelope's header does not have exactly the six members");
    }
    Compact.expect(header, "alg", KeyManagementAlgorithmIdentifiers.ECDH_ES);
    Compact.expect(header, "enc", ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
    Compact.expect(header, "typ", TYP);
    Compact.expect(header, "cty", "JOSE");
    if (!(header.get("epk") instanceof Map<?, ?> epk)
        || !epk.keySet().equals(EPK_MEMBERS)
        || !"OKP".equals(epk.get("kty"))
        || !Okp.X25519.equals(epk.get("crv"))) {
      throw new RejectedException(Rejection.HEADER, "epk is not exactly an OKP key of X25519");
    }
  }
}
