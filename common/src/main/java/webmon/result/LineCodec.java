package webmon.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Lines of the result log as bytes: one JSON object in Elastic Common Schema and Heartbeat names,
 * without the line feed (docs/wire.md). Safe for use by any thread.
 */
public final class LineCodec {
  /** A line is never longer; the reader refuses one that is. */
  public static final int MOST_BYTES = 64 * 1024;

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNumberLength(30)
                          .maxStringLength(MOST_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LineCodec() {}

  /** The line's bytes, UTF-8, no line feed in or after it. */
  public static byte[] encode(LogLine line) {
    byte[] bytes = LineWriter.write(line);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a line of " + bytes.length + " bytes");
    }
    return bytes;
  }

  /**
   * Reads a line. Members that this version does not know are passed over.
   *
   * @throws MalformedLineException saying what is wrong with it
   */
  public static LogLine decode(byte[] line) throws MalformedLineException {
    if (line.length > MOST_BYTES) {
      throw new MalformedLineException("a line of " + line.length + " bytes");
    }
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json == null || !json.isObject()) {
        throw new MalformedLineException("not a JSON object");
      }
      return LineReader.read(json);
    } catch (IOException e) {
      throw new MalformedLineException("not JSON: " + e.getClass().getSimpleName());
    }
  }
}
