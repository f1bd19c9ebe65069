package webmon.agent.report;

import java.util.HashMap;
import java.util.Map;
import webmon.result.Status;

/**
 * Which results the server should see soon: those that are not up, those that change a monitor's
 * status, and after bad ones as many good ones as it takes to be believed.
 */
final class Urgency {
  private record Seen(Status status, int goodToCome) {}

  private final Map<String, Seen> monitors = new HashMap<>();

  boolean urgent(String monitor, Status status, int recoveryThreshold) {
    Seen former = monitors.get(monitor);
    if (status != Status.UP) {
      monitors.put(monitor, new Seen(status, recoveryThreshold));
      return true;
    }
    int toCome = former == null ? 0 : former.goodToCome();
    monitors.put(monitor, new Seen(status, Math.max(0, toCome - 1)));
    return toCome > 0 || former == null || former.status() != status;
  }
}
