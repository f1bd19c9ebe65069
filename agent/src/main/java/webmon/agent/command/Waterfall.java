package webmon.agent.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import webmon.agent.check.Exchange;
import webmon.agent.check.Inspection;
import webmon.result.Phases;

/**
 * The phases of a check one below the other, each where and as long as it was. Redirects take a row
 * each. What began and did not end before the check failed is drawn as unfinished.
 */
final class Waterfall {
  private static final int COLUMNS = 44;

  private final Paint paint;
  private final double microsPerColumn;
  private final double totalMicros;
  private final List<String> rows = new ArrayList<>();
  private long at;

  private Waterfall(Paint paint, Duration total) {
    this.paint = paint;
    this.totalMicros = Math.max(1, total.toNanos() / 1_000.0);
    this.microsPerColumn = totalMicros / COLUMNS;
  }

  static List<String> of(Inspection inspection, Paint paint) {
    Waterfall waterfall = new Waterfall(paint, inspection.observation().duration());
    List<Exchange> exchanges = inspection.exchanges();
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      if (i < exchanges.size() - 1) {
        waterfall.row(String.valueOf(exchange.httpStatus()), sum(exchange.phases()));
      } else {
        waterfall.phases(exchange.phases());
      }
    }
    long left = (long) waterfall.totalMicros - waterfall.at;
    boolean answered = !inspection.expectations().isEmpty();
    if (!answered && left > waterfall.totalMicros / 20) {
      waterfall.row("unfinished", left, paint.unfinishedBar());
    }
    waterfall.rows.add(
        String.format(
            Locale.ROOT,
            "  %-10s  %" + COLUMNS + "s  %12s",
            "total",
            "",
            millis(waterfall.totalMicros)));
    return waterfall.rows;
  }

  private void phases(Phases phases) {
    row("dns", phases.dns());
    row("connect", phases.connect());
    row("tls", phases.tls());
    row("wait", phases.waiting());
    row("transfer", phases.transfer());
  }

  private static long sum(Phases phases) {
    return zero(phases.dns())
        + zero(phases.connect())
        + zero(phases.tls())
        + zero(phases.waiting())
        + zero(phases.transfer());
  }

  private static long zero(@Nullable Long micros) {
    return micros == null ? 0 : micros;
  }

  private void row(String label, @Nullable Long micros) {
    if (micros != null) {
      row(label, micros, paint.bar());
    }
  }

  private void row(String label, long micros, String bar) {
    int from = Math.clamp(Math.round(at / microsPerColumn), 0, COLUMNS - 1);
    int length = Math.clamp(Math.round(micros / microsPerColumn), 1, COLUMNS - from);
    String drawn = paint.bold(bar.repeat(length));
    rows.add(
        String.format(Locale.ROOT, "  %-10s  ", label)
            + " ".repeat(from)
            + drawn
            + " ".repeat(COLUMNS - from - length)
            + String.format(Locale.ROOT, "  %12s", millis(micros)));
    at += micros;
  }

  static String millis(double micros) {
    return String.format(Locale.ROOT, "%,.1f ms", micros / 1_000);
  }
}
