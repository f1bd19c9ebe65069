package webmon.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.Agent;
import webmon.agent.AgentNotStartedException;
import webmon.agent.report.AgentIdentity;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.ListenAddress;
import webmon.configuration.ReportSettings;
import webmon.configuration.Secret;
import webmon.configuration.ServerSettings;
import webmon.configuration.TransportKind;
import webmon.embedded.postgres.EmbeddedPostgres;
import webmon.embedded.queue.EmbeddedQueue;
import webmon.embedded.queue.QueueLayout;
import webmon.result.CheckResult;
import webmon.server.Administration;
import webmon.server.AgentBlock;
import webmon.server.AgentRegistration;
import webmon.server.CannotStart;
import webmon.server.Registered;
import webmon.server.Server;
import webmon.server.Startup;
import webmon.server.access.ApiKey;

/**
 * PostgreSQL, a queue, the server and an agent in this process, all real. Whoever starts it holds
 * the lock of its folder. {@link #close} stops them in the reverse order.
 */
final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
  private static final Duration RESEND_AFTER = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Server server;

  /**
   * Starts everything; the dashboard answers and checks are made when this returns.
   *
   * @param folder for all data, locked by the caller
   * @param port of 127.0.0.1 for the dashboard and the API
   * @param progress told in sentences what takes time
   * @param onCheck told of every logged result
   */
  Standalone(
      Path folder,
      int port,
      Configuration configuration,
      Consumer<String> progress,
      Consumer<CheckResult> onCheck)
      throws IOException, InterruptedException, CannotStart, AgentNotStartedException {
    boolean started = false;
    try {
      // Both take their time, and need nothing of each other.
      FutureTask<EmbeddedQueue> starting =
          new FutureTask<>(() -> EmbeddedQueue.start(0, QueueLayout.reports()));
      Thread.ofPlatform().name("webmon-queue-start").daemon().start(starting);
      EmbeddedPostgres postgres = opened(EmbeddedPostgres.start(folder, progress));
      EmbeddedQueue queue = opened(started(starting));
      ServerSettings settings = settings(folder, port, postgres, queue);
      ServerFile.write(folder, settings);
      this.server = opened(Server.start(settings, Startup.inProcess()));
      AgentSettings agent = configuration.agent();
      AgentIdentity identity = AgentIdentity.of(agent.dataDir(), agent.id(), new SecureRandom());
      ReportSettings report = report(register(identity, agent.region()));
      opened(Agent.start(configuration.withReport(report), onCheck));
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private static EmbeddedQueue started(FutureTask<EmbeddedQueue> starting)
      throws IOException, InterruptedException {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      throw new IOException("the queue did not start: " + e.getCause(), e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private static ServerSettings settings(
      Path folder, int port, EmbeddedPostgres postgres, EmbeddedQueue queue) {
    return new ServerSettings(
        new ListenAddress("127.0.0.1", port),
        new ListenAddress("127.0.0.1", 0),
        new Secret(postgres.jdbcUrl()),
        postgres.user(),
        new Secret(postgres.password()),
        URI.create(queue.queueUrl(QueueLayout.reports().name())),
        folder.resolve("server-keys.jwks"),
        URI.create("http://localhost:" + port));
  }

  /** Each start has an API key of its own, kept nowhere; the former one ends. */
  private AgentBlock register(AgentIdentity identity, String region) throws CannotStart {
    Administration administration = server.administration();
    List<ApiKey> former =
        administration.keys().list().stream()
            .filter(key -> identity.id().equals(key.agent()) && key.revokedAt() == null)
            .toList();
    AgentRegistration registration =
        new AgentRegistration(
            identity.id(), region, List.of("*"), identity.key().publicKey(), server.uri());
    AgentBlock block =
        switch (administration.register(registration)) {
          case Registered.Welcome welcome -> welcome.block();
          case Registered.Declined declined ->
              throw new Complaint(ExitCode.WRONG_USE, declined.sentence());
        };
    former.forEach(key -> administration.keys().revoke(key.id()));
    return block;
  }

  private static ReportSettings report(AgentBlock block) {
    return new ReportSettings(
        List.of(TransportKind.SQS, TransportKind.HTTPS),
        block.queueUrl(),
        block.serverUrl(),
        block.apiKey(),
        block.deployment(),
        block.serverKeys(),
        FLUSH_INTERVAL,
        RESEND_AFTER);
  }

  Server server() {
    return server;
  }

  @Override
  public void close() {
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
