package webmon.result;

import java.time.Instant;

/**
 * The agent's next signing key, said in a report that the former key signed.
 *
 * @param publicKey a public JWK (OKP, Ed25519) as JSON text
 */
public record Rotation(Origin origin, long sequence, Instant at, String publicKey)
    implements LogLine {}
