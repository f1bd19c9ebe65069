package webmon.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a report's payload.
 *
 * @param deployment the server's random id: 32 lower-case hex digits
 * @param stream of the agent's {@code data_dir}: 32 lower-case hex digits
 * @param continues what came before this stream; only in a stream's first report, and null there
 *     too where nothing is known of a former one
 * @param first the sequence of the first line, or of the first dropped result of a gap
 * @param last likewise the last
 * @param lines how many lines follow: {@code last - first + 1}, or 0 in a gap
 * @param previous SHA-256 of the former report's compact JWS in this stream, 64 hex digits; null in
 *     the first. Of a gap: of the report before the first dropped one
 * @param clockOffsetUs the server's clock minus the agent's at the last acknowledgement
 * @param boot 32 hex digits, new at each start of the agent
 * @param dropped of a gap: SHA-256 of the last dropped report's JWS, or of the last dropped line
 *     where it had not been sealed; else null
 */
public record ReportHeader(
    Kind kind,
    String deployment,
    String agent,
    String stream,
    @Nullable Continuation continues,
    String region,
    long first,
    long last,
    int lines,
    @Nullable String previous,
    Instant sealedAt,
    @Nullable Long clockOffsetUs,
    String boot,
    @Nullable String dropped) {

  /** The version of the wire that this code speaks. */
  public static final int VERSION = 1;

  /** What a report brings: result-log lines, or word that some were dropped. */
  public enum Kind {
    LINES("lines"),
    GAP("gap");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /**
   * The end of the stream before this one.
   *
   * @param hash SHA-256 of its last report's JWS; null if none was sealed or it is lost
   */
  public record Continuation(String stream, long sequence, @Nullable String hash) {}

  public ReportHeader {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("sequences " + first + " to " + last);
    }
    if (lines != (kind == Kind.GAP ? 0 : last - first + 1)) {
      throw new IllegalArgumentException(
          lines + " lines for sequences " + first + " to " + last + " of kind " + kind.code());
    }
  }
}
