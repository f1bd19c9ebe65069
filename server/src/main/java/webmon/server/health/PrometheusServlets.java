package webmon.server.health;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import com.codahale.metrics.jvm.ThreadStatesGaugeSet;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.Servlet;
import java.util.List;

/** The metrics of this server in Prometheus's text format. */
public final class PrometheusServlets {
  private static final List<String> LEFT_OUT =
      List.of(
          // Timers of resource methods come a second time as meters of the same name, upon which
          // the whole scrape would fail.
          "io.dropwizard.jersey.",
          // Named by address and port, so another one at each start.
          "org.eclipse.jetty.server.HttpConnectionFactory.");

  private PrometheusServlets() {}

  /** Each server has a registry of its own, so that several fit into one process. */
  public static Servlet of(MetricRegistry metrics) {
    metrics.register("jvm.gc", new GarbageCollectorMetricSet());
    metrics.register("jvm.memory", new MemoryUsageGaugeSet());
    metrics.register("jvm.threads", new ThreadStatesGaugeSet());
    PrometheusRegistry registry = new PrometheusRegistry();
    DropwizardExports.builder()
        .dropwizardRegistry(metrics)
        .metricFilter((name, metric) -> LEFT_OUT.stream().noneMatch(name::startsWith))
        .register(registry);
    return new PrometheusMetricsServlet(registry);
  }
}
