package webmon.agent.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The instants at which one agent checks one monitor: every interval since the epoch, moved by an
 * offset that depends on both ids alone. So slots never drift, are the same after a restart, spread
 * evenly over the interval, and differ between agents. Whole microseconds.
 */
record Slots(long intervalMicros, long offsetMicros) {

  Slots {
    if (intervalMicros < 1 || offsetMicros < 0 || offsetMicros >= intervalMicros) {
      throw new IllegalArgumentException(offsetMicros + " of " + intervalMicros);
    }
  }

  static Slots of(String monitorId, String agentId, Duration interval) {
    long micros = interval.toNanos() / 1_000;
    return new Slots(micros, Long.remainderUnsigned(hash(monitorId + '\0' + agentId), micros));
  }

  /** The first slot later than the given time. */
  Instant after(Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.truncatedTo(ChronoUnit.MICROS));
    long slot = Math.floorDiv(micros - offsetMicros, intervalMicros) + 1;
    return Instant.EPOCH.plus(slot * intervalMicros + offsetMicros, ChronoUnit.MICROS);
  }

  /**
   * The first turn after a start: within the window, spread like the slots, so that a page is seen
   * soon after it was configured and many pages are not checked at once.
   */
  Instant opening(Instant start, Duration window) {
    long windowMicros = Math.min(window.toNanos() / 1_000, intervalMicros);
    long part = (long) ((double) offsetMicros / intervalMicros * windowMicros);
    Instant opening = start.truncatedTo(ChronoUnit.MICROS).plus(part, ChronoUnit.MICROS);
    Instant slot = after(start);
    return slot.isBefore(opening) ? slot : opening;
  }

  /** FNV-1a, then the finalizer of MurmurHash3: ids that differ in one digit lie far apart. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
