package webmon.result;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as they travel: ISO 8601, UTC, always six digits of fraction and a {@code Z}. */
public final class MicrosecondTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private MicrosecondTime() {}

  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /**
   * Any ISO 8601 instant in UTC between the years 2000 and 2200, cut to microseconds.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Instant parse(String text) {
    try {
      Instant instant = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
        throw new IllegalArgumentException("time '" + text + "' is not of this age");
      }
      return instant;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time '" + text + "' is not ISO 8601 in UTC", e);
    }
  }

  /** Whole microseconds of a duration. */
  public static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
  }
}
