package webmon.agent.report;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to leave something alone that fails: longer each time, and never all at once. */
final class Backoff {
  private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();

  private Backoff() {}

  /**
   * Between half of the full time and all of it.
   *
   * @param failures in a row, from 1
   */
  static long nanos(int failures, RandomGenerator random) {
    long full = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures - 1, 10));
    return full / 2 + random.nextLong(full / 2 + 1);
  }
}
