package webmon.agent.report;

import java.time.Instant;
import java.util.Comparator;

/**
 * A report in the outbox.
 *
 * @param bytes that it takes up on the disk
 * @param gap it brings no lines but declares them lost
 */
record Outstanding(ReportName name, long bytes, Instant sealedAt, boolean gap) {

  /** Oldest first. */
  static final Comparator<Outstanding> BY_AGE =
      Comparator.comparing(Outstanding::sealedAt)
          .thenComparing(outstanding -> outstanding.name().stream())
          .thenComparingLong(outstanding -> outstanding.name().first())
          .thenComparingLong(outstanding -> outstanding.name().last());

  /** Lines that wait in it for the server's word. */
  long lines() {
    return gap ? 0 : name.lines();
  }
}
