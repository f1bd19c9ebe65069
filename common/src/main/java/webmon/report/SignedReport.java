package webmon.report;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import webmon.monitor.Sha256;

/** Signs reports and checks their signatures. */
public final class SignedReport {
  private SignedReport() {}

  /** An authentic payload: which key signed it, and the bytes for {@link PayloadCodec#unfold}. */
  public record Authentic(String kid, byte[] payload) {}

  /** The report as a compact JWS, ASCII. */
  public static String sign(Report report, SigningKey key) {
    return Signature.sign(PayloadCodec.fold(report), Signature.REPORT, key);
  }

  /**
   * Checks form and signature of a compact JWS.
   *
   * @param keys the agents' keys by key id
   * @throws RejectedException in every case but success
   */
  public static Authentic verify(String jws, Function<String, Optional<VerificationKey>> keys)
      throws RejectedException {
    Signature.Verified verified = Signature.verify(jws, Signature.REPORT, keys);
    return new Authentic(verified.key().kid(), verified.payload());
  }

  /** What {@code previous} says of this report: SHA-256 of its ASCII bytes, 64 hex digits. */
  public static String hash(String jws) {
    return Sha256.hex(jws.getBytes(StandardCharsets.US_ASCII));
  }
}
