package webmon.acceptance.driver;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A result's identity and its content: equal if and only if it is the same line. */
public record Line(String stream, long sequence, String sha256) {
  public static Line of(String stream, long sequence, byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Line(stream, sequence, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
