package webmon.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;

/** A monitor's definition as JSON, and the hash that results carry to name it. */
public final class DefinitionCodec {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DefinitionCodec() {}

  /** The definition as a JSON object; durations in whole milliseconds. */
  public static ObjectNode toJson(MonitorDefinition definition) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", definition.id());
    json.put("name", definition.name());
    json.put("type", definition.type());
    json.put("url", definition.url());
    json.put("enabled", definition.enabled());
    json.put("interval_ms", definition.interval().toMillis());
    json.put("timeout_ms", definition.timeout().toMillis());
    json.put("retry_interval_ms", definition.retryInterval().toMillis());
    json.put("failure_threshold", definition.failureThreshold());
    json.put("recovery_threshold", definition.recoveryThreshold());
    json.put("quorum", definition.quorum());
    json.set("tags", MAPPER.valueToTree(definition.tags()));
    if (definition.group() != null) {
      json.put("group", definition.group());
    }
    json.set("assertions", MAPPER.valueToTree(definition.assertions()));
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote; members it does not know are left out.
   *
   * @throws IllegalArgumentException naming the first member that is missing or of the wrong kind
   */
  public static MonitorDefinition fromJson(JsonNode json) {
    Map<String, String> tags = new TreeMap<>();
    object(json, "tags").properties().forEach(tag -> tags.put(tag.getKey(), text(tag.getValue())));
    Map<String, Object> assertions = new TreeMap<>();
    object(json, "assertions")
        .properties()
        .forEach(entry ->
            assertions.put(entry.getKey(), MAPPER.convertValue(entry.getValue(), Object.class)));
    JsonNode group = json.path("group");
    String id = text(json.path("id"));
    if (!Slug.isValid(id)) {
      throw new IllegalArgumentException("monitor id '" + id + "'");
    }
    return new MonitorDefinition(
        id,
        text(json.path("name")),
        text(json.path("type")),
        text(json.path("url")),
        json.path("enabled").asBoolean(true),
        duration(json, "interval_ms"),
        duration(json, "timeout_ms"),
        duration(json, "retry_interval_ms"),
        Math.toIntExact(whole(json, "failure_threshold")),
        Math.toIntExact(whole(json, "recovery_threshold")),
        text(json.path("quorum")),
        tags,
        group.isTextual() ? group.textValue() : null,
        assertions);
  }

  /** SHA-256 of the definition's RFC 8785 canonical JSON, 64 lower-case hex digits. */
  public static String hash(MonitorDefinition definition) {
    return hash(toJson(definition));
  }

  /** The same of a definition as it was received, members unknown to this version included. */
  public static String hash(JsonNode definition) {
    try {
      byte[] canonical =
          new JsonCanonicalizer(MAPPER.writeValueAsString(definition))
              .getEncodedString()
              .getBytes(StandardCharsets.UTF_8);
      return Sha256.hex(canonical);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException notCanonical) {
      throw new IllegalArgumentException("a definition that has no canonical form", notCanonical);
    }
  }

  /**
   * What a result line carries of {@link #hash(MonitorDefinition)}: its first 8 bytes, 16 hex
   * digits.
   */
  public static String shortHash(MonitorDefinition definition) {
    return hash(definition).substring(0, 16);
  }

  private static JsonNode object(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isObject()) {
      throw new IllegalArgumentException(member + " is not an object");
    }
    return value;
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("a text is missing in a monitor's definition");
    }
    return value.textValue();
  }

  private static Duration duration(JsonNode json, String member) {
    return Duration.ofMillis(whole(json, member));
  }

  private static long whole(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw new IllegalArgumentException(member + " is not a whole number");
    }
    return value.longValue();
  }
}
