package webmon.agent.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import webmon.report.EncryptionKey;
import webmon.report.VerificationKey;

/** The server's public keys as the configuration gives them. */
final class ServerKeys {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<EncryptionKey> encryption = new ArrayList<>();
  private final Map<String, VerificationKey> verification = new HashMap<>();

  private ServerKeys() {}

  /**
   * Reads JWKs.
   *
   * @throws IllegalArgumentException with a sentence for people if one cannot be read or none says
   *     {@code use} {@code enc}, or if acknowledgements are to be verified and none says {@code
   *     sig}
   */
  static ServerKeys of(List<String> jwks, boolean verifying) {
    ServerKeys keys = new ServerKeys();
    for (String jwk : jwks) {
      String use = use(jwk);
      switch (use) {
        case "enc" -> keys.encryption.add(EncryptionKey.ofJwk(jwk));
        case "sig" -> {
          VerificationKey key = VerificationKey.ofJwk(jwk);
          keys.verification.put(key.kid(), key);
        }
        default ->
            throw new IllegalArgumentException(
                "report.server_keys: a key says use '" + use + "', where enc or sig belongs");
      }
    }
    if (keys.encryption.isEmpty()) {
      throw new IllegalArgumentException("report.server_keys: none has \"use\": \"enc\"");
    }
    if (verifying && keys.verification.isEmpty()) {
      throw new IllegalArgumentException("report.server_keys: none has \"use\": \"sig\"");
    }
    return keys;
  }

  private static String use(String jwk) {
    try {
      return MAPPER.readTree(jwk).path("use").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("report.server_keys: one is not JSON");
    }
  }

  /**
   * The key to encrypt for.
   *
   * @param sending how often the report was sent before: where the server has given up the first
   *     key, the next sending takes the next
   */
  EncryptionKey encryptionKey(int sending) {
    return encryption.get(sending % encryption.size());
  }

  Optional<VerificationKey> verificationKey(String kid) {
    return Optional.ofNullable(verification.get(kid));
  }
}
