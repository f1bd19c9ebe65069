package webmon.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.ThreadPool;
import webmon.configuration.ListenAddress;
import webmon.configuration.ServerSettings;
import webmon.report.Limits;
import webmon.server.http.ProblemPages;
import webmon.server.http.QuietRequestLog;

/**
 * Dropwizard's server factory with our settings. It is a subclass only to leave out what changes
 * the process's user, of which the library is not there.
 */
final class Connectors extends DefaultServerFactory {
  private static final Duration GRACE = Duration.seconds(2);

  private Connectors() {}

  /** A server with two connectors, the admin one second; not started. */
  static Server build(ServerSettings settings, Environment environment, ObjectMapper mapper) {
    Connectors factory = new Connectors();
    factory.setApplicationConnectors(List.of(connector(settings.address())));
    factory.setAdminConnectors(List.of(connector(settings.adminAddress())));
    factory.setEnableVirtualThreads(true);
    factory.setEnableAdminVirtualThreads(true);
    factory.setRegisterDefaultExceptionMappers(false);
    factory.setRequestLogFactory(new QuietRequestLog());
    factory.configure(environment);
    // Nobody sends more than a report; without it a form of any size would be read into memory.
    environment
        .getApplicationContext()
        .insertHandler(new SizeLimitHandler(Limits.SERVER.sealedBytes() + 1L, -1));
    Server jetty = factory.build(environment);
    ProblemPages pages = new ProblemPages(mapper);
    jetty.setErrorHandler(pages);
    environment.getApplicationContext().setErrorHandler(pages);
    environment.getAdminContext().setErrorHandler(pages);
    return jetty;
  }

  @Override
  protected Server buildServer(LifecycleEnvironment lifecycle, ThreadPool threads) {
    Server server = new Server(threads);
    lifecycle.attach(server);
    server.setStopTimeout(GRACE.toMilliseconds());
    // Whoever starts a server closes it; a shutdown hook of Jetty's own would come in between.
    server.setStopAtShutdown(false);
    return server;
  }

  private static HttpConnectorFactory connector(ListenAddress address) {
    HttpConnectorFactory connector = new HttpConnectorFactory();
    connector.setBindHost(address.host());
    connector.setPort(address.port());
    connector.setUseServerHeader(false);
    connector.setUseDateHeader(true);
    connector.setIdleTimeout(Duration.seconds(30));
    connector.setMaxRequestHeaderSize(DataSize.kibibytes(16));
    return connector;
  }
}
