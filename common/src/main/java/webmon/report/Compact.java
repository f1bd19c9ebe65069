package webmon.report;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/** JOSE compact serializations, read strictly: what is accepted has exactly one spelling. */
final class Compact {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Compact() {}

  /**
   * The segments of a compact serialization.
   *
   * @throws RejectedException unless there are that many, each strict base64url without padding
   */
  static String[] segments(String compact, int count) throws RejectedException {
    String[] segments = compact.split("\\.", -1);
    if (segments.length != count) {
      throw new RejectedException(
          Rejection.NOT_COMPACT, segments.length + " segments where " + count + " belong");
    }
    for (String segment : segments) {
      // jose4j decodes padding, white space and other last characters too, which would let
      // different bytes be the same report.
      if (!ENCODER.encodeToString(decode(segment)).equals(segment)) {
        throw new RejectedException(Rejection.NOT_COMPACT, "a segment is not strict base64url");
      }
    }
    return segments;
  }

  /** The protected header; duplicate members are no header. */
  static Map<String, Object> header(String segment) throws RejectedException {
    try {
      Map<String, Object> header =
          PayloadCodec.MAPPER.readValue(
              decode(segment), new TypeReference<Map<String, Object>>() {});
      if (header != null) {
        return header;
      }
    } catch (IOException e) {
      throw new RejectedException(Rejection.HEADER, "the protected header is not a JSON object");
    }
    throw new RejectedException(Rejection.HEADER, "the protected header is not a JSON object");
  }

  /** A text member of a header whose member names have been checked. */
  static String text(Map<String, Object> header, String member) throws RejectedException {
    if (header.get(member) instanceof String text) {
      return text;
    }
    throw new RejectedException(Rejection.HEADER, member + " is not a text");
  }

  static void expect(Map<String, Object> header, String member, String value)
      throws RejectedException {
    if (!text(header, member).equals(value)) {
      throw new RejectedException(Rejection.HEADER, member + " is not " + value);
    }
  }

  private static byte[] decode(String segment) throws RejectedException {
    try {
      return DECODER.decode(segment);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(Rejection.NOT_COMPACT, "a segment is not base64url");
    }
  }
}
