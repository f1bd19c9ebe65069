package webmon.agent.check;

import java.time.Duration;
import java.util.Locale;

/** Quantities as people write them. */
final class Words {
  private Words() {}

  /** {@code 0.4 ms}, {@code 12 ms}, {@code 1.5 s}, {@code 10 s}. */
  static String of(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 10) {
      return trimmed(millis) + " ms";
    }
    return Math.round(millis) < 1_000 ? Math.round(millis) + " ms" : trimmed(millis / 1_000) + " s";
  }

  private static String trimmed(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** {@code 1 byte}, {@code 12,345 bytes}. */
  static String bytes(long count) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "byte" : "bytes");
  }

  /** {@code 1 day}, {@code 21 days}. */
  static String days(long count) {
    return count + (count == 1 ? " day" : " days");
  }

  /** In quotation marks, at most 80 characters of it. */
  static String quoted(String text) {
    boolean fits = text.codePointCount(0, text.length()) <= 80;
    return '"' + (fits ? text : text.substring(0, text.offsetByCodePoints(0, 79)) + "…") + '"';
  }
}
