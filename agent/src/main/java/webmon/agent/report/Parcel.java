package webmon.agent.report;

import java.time.Duration;

/**
 * An outstanding report as the courier sees it. Times are of a nanosecond clock and of this
 * process: whether a former process sent it is not known.
 *
 * @param sends how often it was sent
 * @param firstSentAt when it was sent first; means nothing where it never was
 * @param notBefore not to be sent before this
 * @param held whether {@code notBefore} is to be kept
 */
record Parcel(
    Outstanding report,
    int sends,
    long firstSentAt,
    long lastSentAt,
    boolean held,
    long notBefore) {

  /** A report below others that were received is missed sooner. */
  static final Duration MISSED_AFTER = Duration.ofSeconds(60);

  private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();

  static Parcel of(Outstanding report) {
    return new Parcel(report, 0, 0, 0, false, 0);
  }

  ReportName name() {
    return report.name();
  }

  Parcel sent(long now) {
    return new Parcel(report, sends + 1, sends == 0 ? now : firstSentAt, now, false, 0);
  }

  Parcel unsent() {
    return of(report);
  }

  Parcel notBefore(long when) {
    return new Parcel(report, sends, firstSentAt, lastSentAt, true, when);
  }

  /** Whether an acknowledgement that was asked for then can be about this very report. */
  boolean sentBefore(long askedAt) {
    return sends > 0 && firstSentAt - askedAt <= 0;
  }

  /**
   * When it is to be sent, perhaps again.
   *
   * @param missed the server has received later ones
   */
  long dueAt(Duration resendAfter, boolean missed, long now) {
    if (sends == 0) {
      return held ? notBefore : now;
    }
    long wait = resendAfter.toNanos();
    if (missed) {
      wait = Math.min(wait, MISSED_AFTER.toNanos());
    }
    int doublings = Math.min(sends - 1, 12);
    long backedOff = wait > LONGEST_NANOS >> doublings ? LONGEST_NANOS : wait << doublings;
    long at = lastSentAt + Math.max(wait, backedOff);
    return held && notBefore - at > 0 ? notBefore : at;
  }
}
