package webmon.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check, or of consecutive missed ones.
 *
 * @param at the start of the check, or its due time where it was missed; strictly increasing for
 *     one monitor within a stream
 * @param url what was asked for, secrets masked
 * @param dueAt when the schedule wanted the check; for folded missed checks the first of them
 * @param until the end of the result's timespan: {@code at} + interval; for folded missed checks
 *     the last due time + interval
 * @param definition first 8 bytes, in hex, of the SHA-256 of the monitor's definition
 * @param count checks this line stands for: 1, more only where missed ones were folded
 * @param clockStepped the clock went back; {@code at} is the former one + 1 µs
 */
public record CheckResult(
    Origin origin,
    long sequence,
    Instant at,
    MonitorName monitor,
    String url,
    Instant dueAt,
    Instant until,
    String definition,
    Observation observation,
    int count,
    boolean clockStepped)
    implements LogLine {

  public CheckResult {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence " + sequence);
    }
    if (count < 1 || (count > 1 && observation.status() != Status.MISSED)) {
      throw new IllegalArgumentException("count " + count + " of " + observation.status());
    }
  }

  /** The monitor as the line names it; type is {@code http} and, later, others. */
  public record MonitorName(String id, String name, String type) {}

  public Status status() {
    return observation.status();
  }

  public @Nullable Failure failure() {
    return observation.failure();
  }
}
