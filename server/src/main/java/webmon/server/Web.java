package webmon.server;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import jakarta.servlet.DispatcherType;
import java.net.BindException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.configuration.ListenAddress;
import webmon.configuration.ServerSettings;
import webmon.server.dashboard.Assets;
import webmon.server.health.PrometheusServlets;
import webmon.server.health.Readiness;
import webmon.server.health.ReadinessHealthCheck;
import webmon.server.http.ProblemMapper;
import webmon.server.http.ReadOnly;
import webmon.server.http.SecurityHeaders;

/**
 * Dropwizard with two connectors, wired by hand: people and agents on one, operators on the other.
 */
final class Web implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Web.class);

  private final Server jetty;
  private final ListenAddress address;
  private final ListenAddress adminAddress;

  private Web(Server jetty, ListenAddress address, ListenAddress adminAddress) {
    this.jetty = jetty;
    this.address = address;
    this.adminAddress = adminAddress;
  }

  /**
   * Listens, and answers with these.
   *
   * @param components resources, filters and mappers for Jersey
   * @throws CannotStart if a port is taken
   */
  static Web start(
      ServerSettings settings,
      ObjectMapper mapper,
      MetricRegistry metrics,
      Readiness readiness,
      List<Object> components)
      throws CannotStart {
    HealthCheckRegistry healthChecks = new HealthCheckRegistry();
    readiness
        .checks()
        .forEach((name, check) -> healthChecks.register(name, new ReadinessHealthCheck(check)));
    Environment environment =
        new Environment(
            "webmon",
            mapper,
            Validators.newValidatorFactory(),
            metrics,
            Web.class.getClassLoader(),
            healthChecks,
            new Configuration());
    components.forEach(environment.jersey()::register);
    environment.jersey().register(new ProblemMapper());
    environment.jersey().property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    environment
        .servlets()
        .addFilter("security headers", new SecurityHeaders())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment.servlets().addServlet("assets", new Assets()).addMapping("/assets/*");
    environment
        .admin()
        .addFilter("read only", new ReadOnly())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment
        .admin()
        .addServlet("prometheus", PrometheusServlets.of(metrics))
        .addMapping("/metrics");

    Server jetty = Connectors.build(settings, environment, mapper);
    Web web = new Web(jetty, settings.address(), settings.adminAddress());
    web.listen();
    return web;
  }

  URI uri() {
    return uri(0, address);
  }

  URI adminUri() {
    return uri(1, adminAddress);
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.warn("The web server did not stop cleanly", e);
    }
    jetty.destroy();
  }

  private void listen() throws CannotStart {
    try {
      jetty.start();
    } catch (Exception e) {
      close();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException
            || cause instanceof java.net.SocketException
            || cause instanceof java.nio.channels.UnresolvedAddressException) {
          throw taken(e);
        }
      }
      throw CannotStart.missing("The web server cannot start: " + e.getMessage(), e);
    }
  }

  private CannotStart taken(Exception e) {
    ListenAddress mine =
        String.valueOf(e.getMessage()).contains(":" + adminAddress.port()) ? adminAddress : address;
    String key = mine == adminAddress ? "admin_address" : "address";
    return CannotStart.configuredWrongly(
        "Cannot listen on %s: it is taken or not ours. Stop what listens there, or set %s under [server] to another."
            .formatted(mine, key),
        e);
  }

  private URI uri(int connector, ListenAddress address) {
    Connector[] connectors = jetty.getConnectors();
    int port = ((NetworkConnector) connectors[connector]).getLocalPort();
    boolean anywhere = address.host().equals("0.0.0.0") || address.host().equals("::");
    return URI.create("http://" + new ListenAddress(anywhere ? "localhost" : address.host(), port));
  }
}
