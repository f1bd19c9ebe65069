package webmon.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Now, on the wall clock and on the monotonic one. Turns wait on the monotonic clock, which nobody
 * sets; their names are wall-clock instants, translated by the newest moment. When the wall clock
 * is set, turns that already wait come when they would have come, under their new name.
 */
record Moment(Instant wall, long nanos) {

  /** A difference between the clocks below this is slewing, above it somebody set the clock. */
  private static final Duration JUMP = Duration.ofMillis(250);

  /** The two clocks are read apart; a pause between is noticed and the reading repeated. */
  private static final long READ_TOGETHER_NANOS = 1_000_000;

  static Moment now(InstantSource clock, LongSupplier nanos) {
    long before = nanos.getAsLong();
    for (int attempt = 0; ; attempt++) {
      Instant wall = clock.instant();
      long after = nanos.getAsLong();
      if (after - before < READ_TOGETHER_NANOS || attempt == 3) {
        return new Moment(wall, after);
      }
      before = after;
    }
  }

  long nanosAt(Instant time) {
    return nanos + ChronoUnit.NANOS.between(wall, time);
  }

  /**
   * What a turn is called that waits for the given monotonic time: as planned, or, if the wall
   * clock was set since, by the clock as it is now.
   */
  Instant named(Instant planned, long dueNanos) {
    Instant byClock = wall.plusNanos(dueNanos - nanos).truncatedTo(ChronoUnit.MICROS);
    return Duration.between(planned, byClock).abs().compareTo(JUMP) < 0 ? planned : byClock;
  }
}
