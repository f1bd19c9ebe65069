package webmon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long after they were due checks began, as the result log says. */
record Lateness(long checks, long missed, Duration median, Duration p99, Duration most) {

  /** Of all checks that were due from then on. */
  static Lateness of(List<JsonNode> lines, Instant from) {
    List<JsonNode> due =
        lines.stream()
            .filter(line -> line.at("/event/dataset").asText().equals("webmon.check"))
            .filter(line -> !dueAt(line).isBefore(from))
            .toList();
    long missed =
        due.stream().filter(line -> line.at("/monitor/status").asText().equals("missed")).count();
    long[] micros =
        due.stream()
            .mapToLong(line ->
                Duration.between(dueAt(line), Instant.parse(line.path("@timestamp").asText()))
                        .toNanos()
                    / 1000)
            .sorted()
            .toArray();
    if (micros.length == 0) {
      throw new IllegalStateException("no checks in the log");
    }
    return new Lateness(micros.length, missed, at(micros, 0.5), at(micros, 0.99), at(micros, 1));
  }

  private static Instant dueAt(JsonNode line) {
    return Instant.parse(line.at("/webmon/due_at").asText());
  }

  private static Duration at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return Duration.ofNanos(1000 * sorted[Math.max(0, index)]);
  }

  @Override
  public String toString() {
    return "%d checks: p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d missed"
        .formatted(checks, millis(median), millis(p99), millis(most), missed);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
