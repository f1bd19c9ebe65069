package webmon.agent.schedule;

import webmon.result.Status;

/**
 * Whether what is known of a monitor may be about to change, upon which it is checked sooner. The
 * thresholds are those by which the server decides a region's state (docs/verdict.md): the state
 * turns to down after {@code failure_threshold} failures in a row and back after {@code
 * recovery_threshold} good ones; {@code degraded} likewise, where {@code down} counts as not good
 * for both. {@code unknown} and {@code missed} neither lengthen nor break a streak.
 */
record Settling(Track down, Track degraded) {

  /** Nothing was seen yet: up, until the first result says otherwise. */
  static final Settling UP = new Settling(new Track(false, 0), new Track(false, 0));

  Settling after(Status status, int failureThreshold, int recoveryThreshold) {
    return switch (status) {
      case UP -> after(false, false, failureThreshold, recoveryThreshold);
      case DEGRADED -> after(false, true, failureThreshold, recoveryThreshold);
      case DOWN -> after(true, true, failureThreshold, recoveryThreshold);
      case UNKNOWN, MISSED -> this;
    };
  }

  private Settling after(boolean isDown, boolean isDegraded, int failures, int recoveries) {
    return new Settling(
        down.after(isDown, failures, recoveries), degraded.after(isDegraded, failures, recoveries));
  }

  boolean settled() {
    return down.against() == 0 && degraded.against() == 0;
  }

  /** One question with two answers, and how many results in a row speak against the settled one. */
  record Track(boolean bad, int against) {

    Track after(boolean nowBad, int failureThreshold, int recoveryThreshold) {
      if (nowBad == bad) {
        return new Track(bad, 0);
      }
      int threshold = nowBad ? failureThreshold : recoveryThreshold;
      return against + 1 >= threshold ? new Track(nowBad, 0) : new Track(bad, against + 1);
    }
  }
}
