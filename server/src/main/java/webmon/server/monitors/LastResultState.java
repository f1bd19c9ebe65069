package webmon.server.monitors;

import java.util.Collection;
import java.util.List;

/**
 * What the newest results say of a region and of a monitor. Nothing is remembered: thresholds,
 * quorum and ties are the verdict's.
 */
final class LastResultState {
  static final String UP = "up";
  static final String DEGRADED = "degraded";
  static final String DOWN = "down";
  static final String UNKNOWN = "unknown";

  private LastResultState() {}

  /** The state of a region from the statuses of its agents' fresh newest results. */
  static String ofRegion(Collection<String> statuses) {
    List<String> known =
        statuses.stream().filter(status -> List.of(UP, DEGRADED, DOWN).contains(status)).toList();
    if (known.isEmpty()) {
      return UNKNOWN;
    }
    if (known.stream().allMatch(DOWN::equals)) {
      return DOWN;
    }
    // One good agent is enough to show that the page can be reached from there.
    return known.contains(UP) ? UP : DEGRADED;
  }

  /** The state of a monitor from the states of its regions: down where more than half are. */
  static String ofMonitor(Collection<String> regions) {
    List<String> known = regions.stream().filter(state -> !state.equals(UNKNOWN)).toList();
    if (known.isEmpty()) {
      return UNKNOWN;
    }
    long down = known.stream().filter(DOWN::equals).count();
    if (2 * down > known.size()) {
      return DOWN;
    }
    return known.stream().allMatch(UP::equals) ? UP : DEGRADED;
  }
}
