package webmon.server.access;

import java.util.List;
import java.util.Optional;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;
import webmon.report.VerificationKey;

/**
 * The private keys of this server: it signs acknowledgements with the first signing key, and opens
 * reports that were encrypted for any of its decryption keys.
 */
public record ServerKeys(List<SigningKey> signing, List<DecryptionKey> decryption) {
  public ServerKeys {
    signing = List.copyOf(signing);
    decryption = List.copyOf(decryption);
    if (signing.isEmpty() || decryption.isEmpty()) {
      throw new IllegalArgumentException("an Ed25519 and an X25519 key are needed");
    }
  }

  static ServerKeys generate() {
    return new ServerKeys(List.of(SigningKey.generate()), List.of(DecryptionKey.generate()));
  }

  /** The one that signs. */
  public SigningKey signer() {
    return signing.getFirst();
  }

  public Optional<DecryptionKey> decryptionKey(String kid) {
    return decryption.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  public Optional<VerificationKey> verificationKey(String kid) {
    return signing.stream()
        .map(SigningKey::publicKey)
        .filter(key -> key.kid().equals(kid))
        .findFirst();
  }

  /** Public JWKs with their {@code use}, those in force first: what an agent is given. */
  public List<String> publicJwks() {
    return java.util.stream.Stream.concat(
            signing.stream().map(key -> key.publicKey().jwk()),
            decryption.stream().map(key -> key.publicKey().jwk()))
        .toList();
  }
}
