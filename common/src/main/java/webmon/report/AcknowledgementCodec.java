package webmon.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;
import webmon.result.MicrosecondTime;

/** Acknowledgements as the server signs and the agent verifies them: compact JWS over JSON. */
public final class AcknowledgementCodec {
  private static final int VERSION = 1;

  private AcknowledgementCodec() {}

  public static String sign(Acknowledgement acknowledgement, SigningKey key) {
    ObjectNode json = PayloadCodec.MAPPER.createObjectNode();
    json.put("version", VERSION);
    json.put("deployment", acknowledgement.deployment());
    json.put("agent", acknowledgement.agent());
    json.put("stream", acknowledgement.stream());
    json.put("contiguous", acknowledgement.contiguous());
    ArrayNode received = json.putArray("received");
    for (Range range : acknowledgement.received()) {
      received.addArray().add(range.first()).add(range.last());
    }
    ArrayNode refused = json.putArray("refused");
    for (RefusedRange refusal : acknowledgement.refused()) {
      refused
          .addArray()
          .add(refusal.range().first())
          .add(refusal.range().last())
          .add(refusal.reason());
    }
    Range fork = acknowledgement.fork();
    if (fork == null) {
      json.putNull("fork");
    } else {
      json.putObject("fork").put("first", fork.first()).put("last", fork.last());
    }
    json.put("store_epoch", acknowledgement.storeEpoch());
    json.put("server_time", MicrosecondTime.format(acknowledgement.serverTime()));
    try {
      return Signature.sign(
          PayloadCodec.MAPPER.writeValueAsBytes(json), Signature.ACKNOWLEDGEMENT, key);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Verifies and reads an acknowledgement.
   *
   * @param keys the server's verification keys by key id
   * @throws RejectedException if it is not by one of these keys, or cannot be read
   */
  public static Acknowledgement verify(String jws, Function<String, Optional<VerificationKey>> keys)
      throws RejectedException {
    byte[] payload = Signature.verify(jws, Signature.ACKNOWLEDGEMENT, keys).payload();
    try {
      JsonNode json = PayloadCodec.MAPPER.readTree(payload);
      if (json.path("version").asInt() != VERSION) {
        throw new RejectedException(
            Rejection.PAYLOAD, "an acknowledgement of version " + json.path("version"));
      }
      List<Range> received = new ArrayList<>();
      for (JsonNode range : json.required("received")) {
        received.add(new Range(whole(range.get(0)), whole(range.get(1))));
      }
      List<RefusedRange> refused = new ArrayList<>();
      for (JsonNode range : json.required("refused")) {
        refused.add(
            new RefusedRange(
                new Range(whole(range.get(0)), whole(range.get(1))),
                range.required(2).textValue()));
      }
      JsonNode fork = json.path("fork");
      return new Acknowledgement(
          text(json, "deployment"),
          text(json, "agent"),
          text(json, "stream"),
          whole(json.get("contiguous")),
          received,
          refused,
          fork.isObject() ? new Range(whole(fork.get("first")), whole(fork.get("last"))) : null,
          text(json, "store_epoch"),
          MicrosecondTime.parse(text(json, "server_time")));
    } catch (IOException | IllegalArgumentException e) {
      throw new RejectedException(
          Rejection.PAYLOAD, "an acknowledgement that cannot be read: " + e.getMessage());
    }
  }

  private static String text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(member + " is not a text");
    }
    return value.textValue();
  }

  private static long whole(@Nullable JsonNode value) {
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("a sequence is missing");
    }
    return value.longValue();
  }
}
