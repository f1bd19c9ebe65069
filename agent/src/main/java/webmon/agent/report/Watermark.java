package webmon.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.result.MicrosecondTime;

/**
 * How far a stream is done with: the file {@code acknowledged/STREAM.json}. Sealing goes on behind
 * it where the outbox holds nothing newer.
 *
 * @param sequence the last one of all ended reports; 0: none
 * @param hash of that report's JWS
 * @param contiguous as the server said last
 * @param storeEpoch as the server said last; null: it never spoke
 * @param contested the server has lines under this stream's sequences that are not this agent's, so
 *     ranges in its acknowledgements prove nothing
 * @param at when a report was ended last
 */
record Watermark(
    String stream,
    long sequence,
    @Nullable String hash,
    long contiguous,
    @Nullable String storeEpoch,
    boolean contested,
    @Nullable Instant at) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Watermark none(String stream) {
    return new Watermark(stream, 0, null, 0, null, false, null);
  }

  Watermark ended(long last, @Nullable String lastHash, Instant when) {
    return new Watermark(stream, last, lastHash, contiguous, storeEpoch, contested, when);
  }

  Watermark at(Instant when) {
    return new Watermark(stream, sequence, hash, contiguous, storeEpoch, contested, when);
  }

  Watermark heard(long nowContiguous, String epoch, boolean nowContested) {
    return new Watermark(stream, sequence, hash, nowContiguous, epoch, nowContested, at);
  }

  byte[] toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("stream", stream);
    json.put("sequence", sequence);
    json.put("hash", hash);
    json.put("contiguous", contiguous);
    json.put("store_epoch", storeEpoch);
    json.put("contested", contested);
    json.put("at", at == null ? null : MicrosecondTime.format(at));
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is something else
   */
  static Watermark ofJson(String stream, byte[] bytes) throws IOException {
    JsonNode json = MAPPER.readTree(bytes);
    if (!json.path("sequence").isIntegralNumber() || !json.path("contiguous").isIntegralNumber()) {
      throw new IOException("the watermark of stream " + stream + " cannot be read");
    }
    String at = text(json, "at");
    return new Watermark(
        stream,
        json.path("sequence").longValue(),
        text(json, "hash"),
        json.path("contiguous").longValue(),
        text(json, "store_epoch"),
        json.path("contested").booleanValue(),
        at == null ? null : MicrosecondTime.parse(at));
  }

  private static @Nullable String text(JsonNode json, String member) {
    return json.path(member).isTextual() ? json.path(member).textValue() : null;
  }
}
