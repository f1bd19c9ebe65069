package webmon.configuration;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Integers, truth values and sizes; all of them may come by {@code ${…}}, as a string then. */
final class Numbers {
  private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)?");
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("B", 1L),
          Map.entry("kB", 1_000L),
          Map.entry("KB", 1_000L),
          Map.entry("MB", 1_000_000L),
          Map.entry("GB", 1_000_000_000L),
          Map.entry("TB", 1_000_000_000_000L),
          Map.entry("KiB", 1L << 10),
          Map.entry("MiB", 1L << 20),
          Map.entry("GiB", 1L << 30),
          Map.entry("TiB", 1L << 40));
  private static final String SIZE_ALLOWED =
      "a size: a number of bytes, or \"500MB\", \"2GiB\" and the like";

  static final ValueType<Boolean> BOOLEAN =
      new ValueType<>(
          "true or false",
          value -> {
            if (value.raw() instanceof Boolean truth) {
              return truth;
            }
            Filled filled = value.filled();
            if (filled != null && filled.replaced()) {
              return switch (filled.text()) {
                case "true" -> true;
                case "false" -> false;
                default -> value.<Boolean>wrong("must be true or false");
              };
            }
            return value.wrongType("true or false");
          });

  private Numbers() {}

  static ValueType<Integer> integer(int least, int most) {
    String allowed = "an integer from " + least + " to " + most;
    return new ValueType<>(
        allowed,
        value -> {
          Filled filled = value.filled();
          Long number = null;
          if (value.raw() instanceof Long written) {
            number = written;
          } else if (filled != null
              && filled.replaced()
              && INTEGER.matcher(filled.text()).matches()) {
            number = Long.valueOf(filled.text());
          }
          if (number == null) {
            return value.wrongType(allowed);
          }
          return number < least || number > most
              ? value.wrong("must be " + allowed + ", is " + number)
              : Integer.valueOf(number.intValue());
        });
  }

  /** In bytes. */
  static ValueType<Long> size(long least) {
    return new ValueType<>(
        SIZE_ALLOWED + ", at least " + show(least),
        value -> {
          String text = written(value);
          if (text == null) {
            return value.wrongType(SIZE_ALLOWED);
          }
          Matcher matcher = SIZE.matcher(text.strip());
          if (!matcher.matches()) {
            return value.wrong("must be " + SIZE_ALLOWED);
          }
          String unit = matcher.group(2) == null ? "B" : matcher.group(2);
          BigDecimal bytes =
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(UNITS.getOrDefault(unit, 1L)));
          if (bytes.compareTo(BigDecimal.valueOf(least)) < 0
              || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return value.wrong("must be at least " + show(least));
          }
          return bytes.longValue();
        });
  }

  /** A number or a string as text; null for anything else, and for infinity and the like. */
  static @Nullable String written(Value value) {
    Filled filled = value.filled();
    return switch (value.raw()) {
      case Long number -> number.toString();
      case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number).toPlainString();
      default -> filled == null ? null : filled.text();
    };
  }

  private static String show(long bytes) {
    return bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : bytes + " bytes";
  }
}
