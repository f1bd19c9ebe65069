package webmon.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import webmon.monitor.MonitorDefinition;
import webmon.result.Observation;
import webmon.result.Status;

/**
 * A turn that was taken, or consecutive ones that were missed. All times are in whole microseconds.
 *
 * @param dueAt when the schedule wanted the check; for missed ones the first of them
 * @param startedAt when it really began, never before {@code dueAt}; for missed ones {@code dueAt}
 * @param count turns this stands for; more than 1 only where they were missed
 * @param lastDueAt the last missed turn; else {@code dueAt}
 */
public record CompletedCheck(
    MonitorDefinition definition,
    Instant dueAt,
    Instant startedAt,
    Observation observation,
    int count,
    Instant lastDueAt) {

  public CompletedCheck {
    if (count < 1 || (count > 1 && observation.status() != Status.MISSED)) {
      throw new IllegalArgumentException("count " + count + " of " + observation.status());
    }
  }

  /** How long after its turn the check began. */
  public Duration lateness() {
    return Duration.between(dueAt, startedAt);
  }
}
