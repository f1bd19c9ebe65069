package webmon.server.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import webmon.monitor.Sha256;

/** Secrets of 256 bits, and what is kept of them. */
final class Tokens {
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 6;

  private Tokens() {}

  /** 43 characters of base64url. */
  static String secret(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** 12 hex digits: a name, not a secret. */
  static String id(RandomGenerator random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * What the database keeps. A plain hash is enough, since nobody can try through 256 random bits;
   * slow hashes are for what people make up.
   */
  static byte[] hash(String secret) {
    return Sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
  }
}
