package webmon.configuration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 30}, {@code 0.5}, {@code 250ms}, {@code 5m}. */
final class Durations {
  static final String ALLOWED =
      "a duration: a number of seconds, or \"250ms\", \"5s\", \"5m\", \"1h\", \"7d\"";

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?(ms|s|m|h|d)?");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /** Between two durations, both allowed. */
  static ValueType<Duration> between(Duration least, Duration most) {
    return new ValueType<>(
        ALLOWED + ", from " + show(least) + " to " + show(most),
        value -> {
          String text = Numbers.written(value);
          Duration duration = text == null ? null : read(text);
          if (text == null) {
            return value.wrongType(ALLOWED);
          }
          if (duration == null) {
            return value.wrong("must be " + ALLOWED + value.shown());
          }
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            return value.wrong(
                "must be from " + show(least) + " to " + show(most) + ", is " + show(duration));
          }
          return duration;
        });
  }

  static @Nullable Duration read(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    Duration one = UNITS.getOrDefault(unit, Duration.ZERO);
    // In nanoseconds 15 digits of days do not fit a long, and no duration of ours is near that.
    BigDecimal nanos =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(one.toNanos()))
            .setScale(0, RoundingMode.HALF_UP);
    return nanos.unscaledValue().bitLength() > 62 ? null : Duration.ofNanos(nanos.longValueExact());
  }

  /** The largest unit in which it is a whole number: {@code 90 s}, {@code 24 h}, {@code 0.5 ms}. */
  static String show(Duration duration) {
    if (duration.isZero()) {
      return "0 s";
    }
    for (String unit : new String[] {"h", "m", "s", "ms"}) {
      long nanos = UNITS.getOrDefault(unit, Duration.ZERO).toNanos();
      if (duration.toNanos() % nanos == 0) {
        return duration.toNanos() / nanos + " " + (unit.equals("m") ? "min" : unit);
      }
    }
    return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros().toPlainString() + " ms";
  }
}
