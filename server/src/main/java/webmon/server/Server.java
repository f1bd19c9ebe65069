package webmon.server;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.configuration.ServerSettings;
import webmon.server.access.AccessFilter;
import webmon.server.access.LogIn;
import webmon.server.access.ServerKeys;
import webmon.server.access.SessionCookie;
import webmon.server.access.SessionResource;
import webmon.server.access.Sessions;
import webmon.server.agents.Accounting;
import webmon.server.agents.AcknowledgementResource;
import webmon.server.agents.AgentRegistry;
import webmon.server.agents.AgentsResource;
import webmon.server.dashboard.DashboardResource;
import webmon.server.health.DatabaseCheck;
import webmon.server.health.HealthResource;
import webmon.server.health.Readiness;
import webmon.server.http.Json;
import webmon.server.ingest.Ingest;
import webmon.server.ingest.ReportsResource;
import webmon.server.ingest.queue.QueueConsumer;
import webmon.server.monitors.Monitors;
import webmon.server.monitors.MonitorsResource;
import webmon.server.results.Results;
import webmon.server.results.ResultsResource;

/**
 * A running server: connectors, queue consumer and database wired together. Several may share a
 * database and a queue. {@link #close} stops within 5 s: no new requests, what is under way ends,
 * then the database is let go.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  // Batches of ten under way at a time: enough to keep a database of two cores busy.
  private static final int QUEUE_CONSUMERS = 2;
  private static final LongSupplier NANOS = Clock.defaultClock()::getTick;

  private final Administration administration;
  private final Web web;
  private final URI publicUri;
  private final Deque<AutoCloseable> parts;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(
      Administration administration, Web web, URI publicUri, Deque<AutoCloseable> parts) {
    this.administration = administration;
    this.web = web;
    this.publicUri = publicUri;
    this.parts = parts;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws CannotStart with a sentence for people: a port is taken, the database does not answer
   *     in time or refuses us, the keys file cannot be used
   */
  public static Server start(ServerSettings settings, Startup startup) throws CannotStart {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(settings, startup, parts);
    } catch (CannotStart | RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  private static Server start(ServerSettings settings, Startup startup, Deque<AutoCloseable> parts)
      throws CannotStart {
    MetricRegistry metrics = new MetricRegistry();
    if (startup.ownLogging()) {
      parts.push(ServerLogging.start(metrics));
    }
    Administration administration = Administration.open(settings, startup, metrics);
    parts.push(administration);
    Jdbi jdbi = administration.database().jdbi();
    ServerKeys serverKeys = administration.serverKeys();
    URI publicUrl = settings.publicUrl();
    Sessions sessions =
        new Sessions(jdbi, administration.keys(), startup.clock(), new SecureRandom());
    SessionCookie cookie =
        new SessionCookie(
            administration.deployment(),
            publicUrl != null && "https".equals(publicUrl.getScheme()));
    AgentRegistry registry = new AgentRegistry(jdbi, startup.clock(), NANOS);
    Ingest ingest =
        new Ingest(
            jdbi,
            administration.deployment(),
            serverKeys::decryptionKey,
            registry,
            metrics,
            startup.clock(),
            NANOS);
    Accounting accounting = new Accounting(jdbi, startup.clock());
    Map<String, Readiness.Check> checks = new LinkedHashMap<>();
    checks.put("database", new DatabaseCheck(jdbi));
    URI queueUrl = settings.queueUrl();
    if (queueUrl != null) {
      QueueConsumer consumer =
          QueueConsumer.start(
              queueUrl,
              QUEUE_CONSUMERS,
              ingest::take,
              ingest::storeAnswers,
              metrics,
              new SecureRandom());
      parts.push(consumer);
      checks.put("queue", consumer::trouble);
    }
    Readiness readiness = new Readiness(checks);
    Monitors monitors = new Monitors(jdbi, startup.clock());
    Web web =
        Web.start(
            settings,
            Json.mapper(),
            metrics,
            readiness,
            List.of(
                new AccessFilter(administration.keys(), sessions, cookie),
                new AcknowledgementResource(accounting, serverKeys.signer()),
                new AgentsResource(administration.fleet()),
                new DashboardResource(new LogIn(sessions, cookie)),
                new HealthResource(readiness),
                new MonitorsResource(monitors),
                new ReportsResource(ingest, accounting, serverKeys.signer()),
                new ResultsResource(new Results(jdbi), monitors::number, startup.clock()),
                new SessionResource()));
    parts.push(web);
    LOG.info(
        "Listening on {}, for operators on {}; deployment {}, schema {}, signing with {}",
        web.uri(),
        web.adminUri(),
        administration.deployment(),
        administration.schemaVersion(),
        serverKeys.signer().kid());
    return new Server(administration, web, publicUrl == null ? web.uri() : publicUrl, parts);
  }

  /** Where it listens for people and agents, with the port it was given if that was 0. */
  public URI uri() {
    return web.uri();
  }

  /** Where it listens for operators. */
  public URI adminUri() {
    return web.adminUri();
  }

  /** Registers agents, makes API keys; ends with this server. */
  public Administration administration() {
    return administration;
  }

  /** A link that logs a browser in once, at the public address if there is one. */
  public URI createLoginLink() {
    return administration.createLoginLink(publicUri);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closeAll(parts);
    }
  }

  /** In the reverse order of their start. */
  private static void closeAll(Deque<AutoCloseable> parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
      }
    }
    parts.clear();
  }
}
