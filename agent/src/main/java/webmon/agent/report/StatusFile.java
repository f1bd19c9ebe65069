package webmon.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import webmon.agent.report.AgentStatus.Counts;
import webmon.agent.report.AgentStatus.Mode;
import webmon.agent.resultlog.Durable;
import webmon.result.MicrosecondTime;

/**
 * {@code status.json}: what a running agent last said of itself, for whoever looks from outside.
 */
final class StatusFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StatusFile() {}

  /**
   * With the time at which it was said.
   *
   * @param running false: these were its last words
   */
  record Said(AgentStatus status, Instant at, boolean running) {}

  static void write(Path file, AgentStatus status, Instant now, boolean running)
      throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("at", MicrosecondTime.format(now));
    json.put("running", running);
    json.put("agent", status.agent());
    json.put("mode", status.mode().word());
    json.put("stream", status.stream());
    json.put("tail", status.tail());
    json.put("sealed", status.sealed());
    json.put("contiguous", status.contiguous());
    json.put("last_acknowledged", time(status.lastAcknowledged()));
    json.put("outstanding", status.outstanding());
    json.put("oldest_outstanding", time(status.oldestOutstanding()));
    Duration offset = status.clockOffset();
    json.put("clock_offset_us", offset == null ? null : MicrosecondTime.micros(offset));
    json.put("disk_bytes", status.diskBytes());
    json.set("counts", MAPPER.valueToTree(status.counts()));
    Path unfinished = file.resolveSibling(file.getFileName() + Durable.UNFINISHED);
    Files.write(unfinished, (json + "\n").getBytes(StandardCharsets.UTF_8));
    // Nobody's life depends on it: it need not survive the power.
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Optional<Said> read(Path file) throws IOException {
    JsonNode json;
    try {
      json = MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException neverRan) {
      return Optional.empty();
    }
    JsonNode offset = json.path("clock_offset_us");
    try {
      AgentStatus status =
          new AgentStatus(
              json.path("agent").asText(),
              Mode.ofWord(json.path("mode").asText()),
              json.path("stream").asText(),
              json.path("tail").asLong(),
              json.path("sealed").asLong(),
              json.path("contiguous").asLong(),
              time(json.path("last_acknowledged")),
              json.path("outstanding").asInt(),
              time(json.path("oldest_outstanding")),
              offset.isIntegralNumber() ? Duration.ofNanos(offset.longValue() * 1_000) : null,
              json.path("disk_bytes").asLong(),
              MAPPER.treeToValue(json.path("counts"), Counts.class));
      Instant at = MicrosecondTime.parse(json.path("at").asText());
      return Optional.of(new Said(status, at, json.path("running").asBoolean()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : MicrosecondTime.format(time);
  }

  private static @Nullable Instant time(JsonNode json) {
    return json.isTextual() ? MicrosecondTime.parse(json.textValue()) : null;
  }
}
