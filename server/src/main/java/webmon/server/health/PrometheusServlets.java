package webmon.server.health;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.Servlet;

/** The metrics of this server in Prometheus's text format. */
public final class PrometheusServlets {
  private PrometheusServlets() {}

  /** Each server has a registry of its own, so that several fit into one process. */
  public static Servlet of(MetricRegistry metrics) {
    PrometheusRegistry registry = new PrometheusRegistry();
    DropwizardExports.builder()
        .dropwizardRegistry(metrics)
        // Jersey's timers of resource methods come a second time as meters of the same name, upon
        // which the whole scrape would fail.
        .metricFilter((name, metric) -> !name.startsWith("io.dropwizard.jersey."))
        .register(registry);
    return new PrometheusMetricsServlet(registry);
  }
}
