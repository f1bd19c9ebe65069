package webmon.server.monitors;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A monitor with what its agents say of it.
 *
 * @param definition as the newest configuration gives it, redacted; null until one has come
 * @param agents the ids of the agents whose newest configuration lists it
 */
public record MonitorWithDefinition(
    @JsonUnwrapped MonitorView monitor,
    Instant createdAt,
    @Nullable JsonNode definition,
    List<String> agents) {
  public MonitorWithDefinition {
    agents = List.copyOf(agents);
  }
}
