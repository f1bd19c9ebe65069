package webmon.agent.command;

import java.util.Locale;
import webmon.result.Observation;
import webmon.result.Status;

/** A result on one line. What may be of any width comes last, so that the columns stay in line. */
final class ResultText {
  private ResultText() {}

  static String of(String name, Observation seen, Paint paint) {
    return paint.of(seen.status(), String.format(Locale.ROOT, "%-8s", word(seen.status())))
        + String.format(
            Locale.ROOT,
            "  %-3s  %12s  ",
            seen.httpStatus() == null ? "" : seen.httpStatus(),
            seen.status() == Status.MISSED
                ? ""
                : Waterfall.millis(seen.duration().toNanos() / 1_000.0))
        + name
        + (seen.failure() == null ? "" : ": " + seen.failure().message());
  }

  static String word(Status status) {
    return status.code().toUpperCase(Locale.ROOT);
  }
}
