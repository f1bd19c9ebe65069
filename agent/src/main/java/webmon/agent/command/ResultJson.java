package webmon.agent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.result.Failure;
import webmon.result.Hop;
import webmon.result.MicrosecondTime;
import webmon.result.Observation;
import webmon.result.Phases;

/** A result in the shape of the REST API, without stream and sequence, which it has not. */
final class ResultJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultJson() {}

  /** On one line. */
  static String of(
      String monitor, @Nullable String agent, String region, Instant at, Observation seen) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("monitor", monitor);
    json.put("agent", agent);
    json.put("region", region);
    json.put("due_at", MicrosecondTime.format(at));
    json.put("started_at", MicrosecondTime.format(at));
    json.put("duration_us", MicrosecondTime.micros(seen.duration()));
    json.put("status", seen.status().code());
    Failure failure = seen.failure();
    if (failure == null) {
      json.putNull("failure");
    } else {
      json.putObject("failure")
          .put("kind", failure.kind().code())
          .put("message", failure.message());
    }
    json.put("http_status", seen.httpStatus());
    json.put("content_matched", seen.contentMatched());
    Phases phases = seen.phases();
    json.putObject("phases_us")
        .put("dns", phases.dns())
        .put("connect", phases.connect())
        .put("tls", phases.tls())
        .put("wait", phases.waiting())
        .put("transfer", phases.transfer());
    json.put("address", seen.address());
    var hops = json.putArray("hops");
    for (Hop hop : seen.hops()) {
      hops.addObject().put("url", hop.url()).put("http_status", hop.httpStatus());
    }
    json.put("excerpt", seen.excerpt());
    Instant end = seen.certificateExpiresAt();
    json.put("certificate_expires_at", end == null ? null : MicrosecondTime.format(end));
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers was not written", e);
    }
  }
}
