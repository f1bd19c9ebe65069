package webmon.agent.schedule;

import java.time.Duration;
import java.util.Map;
import webmon.agent.check.Check;
import webmon.monitor.MonitorDefinition;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Phases;
import webmon.result.Status;

/** Monitors for tests of the schedule. */
final class Monitors {
  private Monitors() {}

  static Monitored monitored(String id, Duration interval, Duration retryInterval) {
    return monitored(id, interval, retryInterval, () -> observation(Status.UP));
  }

  static Monitored monitored(String id, Duration interval, Duration retry, Check check) {
    return new Monitored(definition(id, true, interval, retry), check);
  }

  static MonitorDefinition definition(
      String id, boolean enabled, Duration interval, Duration retry) {
    return new MonitorDefinition(
        id,
        id,
        "http",
        "http://" + id + "/",
        enabled,
        interval,
        interval,
        retry,
        2,
        2,
        "majority",
        Map.of(),
        null,
        Map.of());
  }

  static Observation observation(Status status) {
    return status == Status.UP
        ? new Observation(
            Status.UP,
            null,
            Duration.ofMillis(1),
            Phases.NONE,
            200,
            0L,
            null,
            null,
            java.util.List.of(),
            null,
            null)
        : Observation.without(status, FailureKind.HTTP_STATUS, "status 500");
  }
}
