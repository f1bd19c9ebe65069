package webmon.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.monitor.Slug;

/** Reads what {@link LineWriter} writes, and trusts none of it. */
final class LineReader {
  private static final Pattern HEX_16 = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern HEX_32 = Pattern.compile("[0-9a-f]{32}");

  private LineReader() {}

  static LogLine read(JsonNode json) throws MalformedLineException {
    try {
      String dataset = text(json, "event", "dataset");
      Origin origin =
          new Origin(
              text(json, "agent", "id"),
              matching(HEX_32, text(json, "webmon", "stream"), "webmon.stream"),
              text(json, "observer", "geo", "name"));
      long sequence = whole(json, "event", "sequence");
      Instant at = time(json, "@timestamp");
      return switch (dataset) {
        case "webmon.check" -> check(json, origin, sequence, at);
        case "webmon.hello" -> hello(json.path("webmon"), origin, sequence, at);
        case "webmon.rotate" ->
            new Rotation(origin, sequence, at, text(json, "webmon", "public_key"));
        default -> throw new MalformedLineException("event.dataset '" + dataset + "' is unknown");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedLineException(String.valueOf(e.getMessage()));
    }
  }

  private static CheckResult check(JsonNode json, Origin origin, long sequence, Instant at) {
    String id = text(json, "monitor", "id");
    if (!Slug.isValid(id)) {
      throw new IllegalArgumentException("monitor.id '" + id + "' is not a monitor id");
    }
    JsonNode ours = json.path("webmon");
    Instant until = time(json, "monitor", "timespan", "lt");
    if (!until.isAfter(at)) {
      throw new IllegalArgumentException("monitor.timespan ends before it begins");
    }
    return new CheckResult(
        origin,
        sequence,
        at,
        new CheckResult.MonitorName(
            id, text(json, "monitor", "name"), text(json, "monitor", "type")),
        text(json, "url", "full"),
        time(json, "webmon", "due_at"),
        until,
        matching(HEX_16, text(json, "webmon", "definition"), "webmon.definition"),
        observation(json, ours),
        ours.has("count") ? Math.toIntExact(whole(json, "webmon", "count")) : 1,
        ours.path("clock_stepped").asBoolean(false));
  }

  private static Observation observation(JsonNode json, JsonNode ours) {
    String code = text(json, "monitor", "status");
    Status status =
        Status.ofCode(code)
            .orElseThrow(() -> new IllegalArgumentException("monitor.status '" + code + "'"));
    Failure failure =
        json.has("error")
            ? new Failure(
                FailureKind.ofCode(text(json, "error", "type")), text(json, "error", "message"))
            : null;
    Integer httpStatus =
        optional(json, "http", "response", "status_code").map(Math::toIntExact).orElse(null);
    if (httpStatus != null && (httpStatus < 100 || httpStatus > 999)) {
      throw new IllegalArgumentException("http.response.status_code " + httpStatus);
    }
    JsonNode matched = ours.path("content_matched");
    JsonNode notAfter = at(json, "tls", "server", "x509", "not_after");
    return new Observation(
        status,
        failure,
        Duration.ofNanos(Math.multiplyExact(whole(json, "monitor", "duration", "us"), 1000L)),
        new Phases(
            optional(json, "resolve", "rtt", "us").orElse(null),
            optional(json, "tcp", "rtt", "connect", "us").orElse(null),
            optional(json, "tls", "rtt", "handshake", "us").orElse(null),
            optional(json, "http", "rtt", "response_header", "us").orElse(null),
            optional(json, "http", "rtt", "content", "us").orElse(null)),
        httpStatus,
        optional(json, "http", "response", "body", "bytes").orElse(null),
        matched.isBoolean() ? matched.booleanValue() : null,
        optionalText(at(json, "resolve", "ip")),
        hops(ours.path("hops")),
        optionalText(ours.path("excerpt")),
        notAfter.isTextual() ? MicrosecondTime.parse(notAfter.textValue()) : null);
  }

  private static List<Hop> hops(JsonNode array) {
    List<Hop> hops = new ArrayList<>();
    for (JsonNode hop : array) {
      hops.add(new Hop(text(hop, "url"), Math.toIntExact(whole(hop, "status_code"))));
    }
    return hops;
  }

  private static Hello hello(JsonNode ours, Origin origin, long sequence, Instant at)
      throws MalformedLineException {
    List<Hello.Declaration> monitors = new ArrayList<>();
    for (JsonNode monitor : ours.path("monitors")) {
      MonitorDefinition definition = DefinitionCodec.fromJson(monitor.path("definition"));
      String hash = text(monitor, "hash");
      if (!DefinitionCodec.hash(monitor.path("definition")).equals(hash)) {
        throw new MalformedLineException(
            "the definition of '" + definition.id() + "' does not have the hash beside it");
      }
      monitors.add(new Hello.Declaration(hash, definition));
    }
    return new Hello(
        origin,
        sequence,
        at,
        text(ours, "version"),
        whole(ours, "revision"),
        Math.toIntExact(whole(ours, "part")),
        Math.toIntExact(whole(ours, "parts")),
        monitors);
  }

  private static JsonNode at(JsonNode json, String... path) {
    JsonNode value = json;
    for (String member : path) {
      value = value.path(member);
    }
    return value;
  }

  private static String text(JsonNode json, String... path) {
    JsonNode value = at(json, path);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(String.join(".", path) + " is not a text");
    }
    String text = value.textValue();
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(String.join(".", path) + " has a zero character");
    }
    return text;
  }

  private static @Nullable String optionalText(JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    return text(value);
  }

  private static Instant time(JsonNode json, String... path) {
    return MicrosecondTime.parse(text(json, path));
  }

  private static long whole(JsonNode json, String... path) {
    return optional(json, path)
        .orElseThrow(() -> new IllegalArgumentException(String.join(".", path) + " is missing"));
  }

  private static Optional<Long> optional(JsonNode json, String... path) {
    JsonNode value = at(json, path);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(String.join(".", path) + " is not a whole number");
    }
    return Optional.of(value.longValue());
  }

  private static String matching(Pattern pattern, String text, String member) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(member + " '" + text + "'");
    }
    return text;
  }
}
