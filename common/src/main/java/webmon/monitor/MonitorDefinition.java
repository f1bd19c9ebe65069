package webmon.monitor;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A monitor as an agent declares it in its {@code hello} lines: redacted, so that no value of a
 * header, body, user info or secret query parameter is in it.
 *
 * @param url secrets masked
 * @param quorum {@code majority}, {@code any}, {@code all}, a number, or a percentage
 * @param assertions what is expected of the answer, by configuration key ({@code content_pattern},
 *     {@code expected_status}, …). Values are strings, integers, booleans, lists and maps of these.
 *     Agents whose type, URL or assertions differ are in conflict.
 */
public record MonitorDefinition(
    String id,
    String name,
    String type,
    String url,
    boolean enabled,
    Duration interval,
    Duration timeout,
    Duration retryInterval,
    int failureThreshold,
    int recoveryThreshold,
    String quorum,
    Map<String, String> tags,
    @Nullable String group,
    Map<String, Object> assertions) {

  public MonitorDefinition {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    assertions = Collections.unmodifiableMap(new TreeMap<>(assertions));
  }
}
