package webmon.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import webmon.configuration.Secret;

/**
 * What an agent has to be told once it is registered.
 *
 * @param serverKeys public JWKs with their {@code use}
 * @param apiKey scope {@code ingest}, bound to this agent; its secret is known only now
 * @param serverUrl where it reaches the server, if the server knows
 * @param queueUrl null: reports go by HTTPS only
 */
public record AgentBlock(
    String id,
    String region,
    String deployment,
    List<String> serverKeys,
    String apiKeyId,
    Secret apiKey,
    @Nullable URI serverUrl,
    @Nullable URI queueUrl) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public AgentBlock {
    serverKeys = List.copyOf(serverKeys);
  }

  /** The tables {@code [agent]} and {@code [report]} of its configuration file; secret. */
  public String toml() {
    StringBuilder toml = new StringBuilder();
    toml.append("[agent]\n");
    line(toml, "id", id);
    line(toml, "region", region);
    toml.append("\n[report]\n");
    toml.append("transports = [")
        .append(queueUrl == null ? "" : "\"sqs\"")
        .append(queueUrl == null || serverUrl == null ? "" : ", ")
        .append(serverUrl == null ? "" : "\"https\"")
        .append("]\n");
    if (queueUrl != null) {
      line(toml, "queue_url", queueUrl.toString());
    }
    if (serverUrl != null) {
      line(toml, "server_url", serverUrl.toString());
      line(toml, "api_key", apiKey.value());
    }
    line(toml, "deployment", deployment);
    toml.append("server_keys = [\n");
    for (String key : serverKeys) {
      toml.append("  { ").append(inline(key)).append(" },\n");
    }
    return toml.append("]\n").toString();
  }

  private static String inline(String jwk) {
    try {
      return JSON.readTree(jwk).properties().stream()
          .map(member -> member.getKey() + " = \"" + member.getValue().textValue() + "\"")
          .collect(Collectors.joining(", "));
    } catch (JsonProcessingException notAJwk) {
      throw new IllegalStateException("a JWK of ours is not JSON", notAJwk);
    }
  }

  private static void line(StringBuilder toml, String key, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    toml.append(key).append(" = \"").append(escaped).append("\"\n");
  }
}
