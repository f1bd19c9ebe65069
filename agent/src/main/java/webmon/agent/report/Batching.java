package webmon.agent.report;

import java.time.Duration;
import java.util.OptionalLong;
import webmon.report.Limits;

/**
 * When a batch of logged lines is closed (docs/wire.md, "Batching"). It speaks of when; how much of
 * it goes into one report is cut to measure when it is sealed. Times are of a nanosecond clock.
 */
final class Batching {
  static final int MOST_LINES = 1_000;
  static final int MOST_TEXT_BYTES = 2 * 1024 * 1024;
  static final Duration URGENT_AFTER = Duration.ofMillis(200);
  static final Duration URGENT_AT_MOST_EVERY = Duration.ofSeconds(1);

  /** A ratio measured on less would be that of the header. */
  private static final int FEWEST_TEXT_BYTES_TO_LEARN = 32 * 1024;

  private final long flushNanos;
  private double sealedPerText = 0.2;
  private int lines;
  private long textBytes;
  private long openedAt;
  private boolean urgent;
  private long urgentAt;
  private boolean urgentBefore;
  private long lastUrgentClose;

  Batching(Duration flushInterval) {
    this.flushNanos = flushInterval.toNanos();
  }

  /** A line was logged. */
  void add(int bytes, boolean isUrgent, long now) {
    if (lines == 0) {
      openedAt = now;
      urgent = false;
    }
    lines++;
    textBytes += bytes + 1L;
    if (isUrgent && !urgent) {
      urgent = true;
      urgentAt = now;
    }
  }

  /** When the batch that is open is to be closed: perhaps in the past; empty if none is open. */
  OptionalLong closesAt() {
    if (lines == 0) {
      return OptionalLong.empty();
    }
    if (full()) {
      return OptionalLong.of(openedAt);
    }
    long at = openedAt + flushNanos;
    if (urgent) {
      long soon = urgentAt + URGENT_AFTER.toNanos();
      if (urgentBefore) {
        soon = later(soon, lastUrgentClose + URGENT_AT_MOST_EVERY.toNanos());
      }
      at = earlier(at, soon);
    }
    return OptionalLong.of(at);
  }

  private boolean full() {
    return lines >= MOST_LINES
        || textBytes >= MOST_TEXT_BYTES
        || textBytes * sealedPerText >= Limits.AGENT_SEALED_BYTES;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** The batch is closed: the next line opens another. */
  void close(long now) {
    if (urgent) {
      urgentBefore = true;
      lastUrgentClose = now;
    }
    lines = 0;
    textBytes = 0;
    urgent = false;
  }

  /** So much became of so many bytes of text. */
  void learn(long text, long sealed) {
    if (text >= FEWEST_TEXT_BYTES_TO_LEARN) {
      sealedPerText = (double) sealed / text;
    }
  }
}
