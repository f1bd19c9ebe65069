package webmon.server.ingest;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Locale;

/**
 * Counts what comes in. Each delivery ends in exactly one of {@code reports.stored}, {@code
 * .duplicate}, {@code .refused} (wholly), {@code .rejected.*} and {@code .deferred.*}.
 */
final class IngestMetrics {
  private final MetricRegistry registry;

  IngestMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  void taken(List<Decoded> reports, List<Outcome.Taken> outcomes) {
    for (int i = 0; i < reports.size(); i++) {
      Decoded report = reports.get(i);
      Outcome.Taken outcome = outcomes.get(i);
      if (outcome.duplicate()) {
        count("reports.duplicate", 1);
        continue;
      }
      long all = report.opened().header().last() - report.opened().header().first() + 1;
      if (outcome.refusedSequences() == all) {
        count("reports.refused", 1);
      } else {
        count("reports.stored", 1);
        count("results.stored", report.results().size());
        count("results.out_of_time", report.outOfTime().size());
      }
      count("sequences.refused", outcome.refusedSequences());
    }
  }

  void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Taken taken -> count("reports.taken", 1);
      case Outcome.Rejected rejected -> count("reports.rejected." + rejected.reason().code(), 1);
      case Outcome.Deferred deferred ->
          count("reports.deferred." + deferred.cause().name().toLowerCase(Locale.ROOT), 1);
    }
  }

  private void count(String name, long n) {
    registry.counter("webmon.ingest." + name).inc(n);
  }
}
