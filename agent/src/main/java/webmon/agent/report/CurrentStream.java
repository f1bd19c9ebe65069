package webmon.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Durable;
import webmon.result.Origin;

/**
 * The stream that an agent appends to: the file {@code stream}.
 *
 * @param deployment whom its reports are for; null: nothing was reported yet
 * @param former the stream before it; null: none is known
 * @param formerTail the last sequence that was given in that one
 */
record CurrentStream(
    Origin origin, @Nullable String deployment, @Nullable String former, long formerTail) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Optional<CurrentStream> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    JsonNode json = MAPPER.readTree(bytes);
    String stream = text(json, "stream");
    String agent = text(json, "agent");
    String region = text(json, "region");
    if (stream == null || agent == null || region == null) {
      throw new IOException(file + " does not say which stream this is");
    }
    JsonNode continues = json.path("continues");
    return Optional.of(
        new CurrentStream(
            new Origin(agent, stream, region),
            text(json, "deployment"),
            text(continues, "stream"),
            continues.path("sequence").asLong()));
  }

  private static @Nullable String text(JsonNode json, String member) {
    return json.path(member).isTextual() ? json.path(member).textValue() : null;
  }

  void write(Path file) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("stream", origin.stream());
    json.put("agent", origin.agent());
    json.put("region", origin.region());
    json.put("deployment", deployment);
    if (former != null) {
      json.putObject("continues").put("stream", former).put("sequence", formerTail);
    }
    Durable.write(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
