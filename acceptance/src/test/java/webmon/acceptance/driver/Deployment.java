package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import webmon.embedded.postgres.TestPostgres;
import webmon.embedded.queue.EmbeddedQueue;
import webmon.embedded.queue.QueueLayout;

/**
 * The system as it is deployed: a database and a queue that live on by themselves, a server process
 * and agent processes; between them relays, at which the network can be cut and a process killed.
 */
public final class Deployment implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final QueueLayout LAYOUT =
      QueueLayout.reports().withVisibility(Duration.ofSeconds(2)).withMostReceives(1000);

  private final Path folder;
  private final Database database;
  private final int queuePort = Site.freePort();
  private final int port = Site.freePort();
  private final Relay serverToQueue = Relay.to(URI.create("http://127.0.0.1:" + queuePort));
  private final Relay agentsToQueue = Relay.to(URI.create("http://127.0.0.1:" + queuePort));
  private final Relay agentsToServer = Relay.to(URI.create("http://127.0.0.1:" + port));
  private @Nullable EmbeddedQueue queue;
  private @Nullable JarProcess server;
  private @Nullable Api api;
  private @Nullable Operator operator;

  private Deployment(Path folder) {
    this.folder = folder;
    TestPostgres.Database fresh = TestPostgres.shared().newDatabase();
    this.database = new Database(fresh.jdbcUrl(), fresh.user(), fresh.password());
    Workplace.write(
        folder.resolve("server.toml"),
        """
        [server]
        address = "127.0.0.1:%d"
        admin_address = "127.0.0.1:%d"
        database_url = "%s"
        database_user = "%s"
        database_password = "%s"
        queue_url = "%s"
        keys_file = "%s"
        public_url = "http://127.0.0.1:%d"
        """
            .formatted(
                port,
                Site.freePort(),
                fresh.jdbcUrl(),
                fresh.user(),
                fresh.password(),
                queueUrl(serverToQueue),
                folder.resolve("server-keys.jwks"),
                port));
  }

  /** Database, queue and server, started and answering. */
  public static Deployment start(Path folder) {
    Deployment deployment = new Deployment(folder);
    deployment.startQueue();
    deployment.startServer();
    return deployment;
  }

  private static String queueUrl(Relay relay) {
    return relay.address() + "/000000000000/" + LAYOUT.name();
  }

  public void startQueue() {
    try {
      queue = EmbeddedQueue.start(queuePort, LAYOUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The queue goes away, and all messages with it. */
  public void stopQueue() {
    if (queue != null) {
      queue.close();
    }
  }

  public void startServer() {
    beginServer();
    awaitServer();
  }

  /** Starts it and does not wait. */
  public void beginServer() {
    server = JarProcess.start(folder, "server", List.of("server", "run", "-c", "server.toml"));
  }

  /** Waits until it answers. */
  public void awaitServer() {
    Wait.until(
        STARTING,
        () -> server().isAlive() && answers(),
        () -> "the server answers; it said:\n" + server().output());
  }

  private boolean answers() {
    try {
      return new Api(address(), "none").get("/healthz").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  public JarProcess server() {
    if (server == null) {
      throw new AssertionError("the server was not started");
    }
    return server;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public Database database() {
    return database;
  }

  public Relay agentsToServer() {
    return agentsToServer;
  }

  public Relay agentsToQueue() {
    return agentsToQueue;
  }

  public Relay serverToQueue() {
    return serverToQueue;
  }

  /** Requests that bring reports to the server. */
  public static Predicate<Relay.Request> reports() {
    return request -> request.action().equals("POST /api/v1/ingest/reports");
  }

  /** Requests that put reports into the queue. */
  public static Predicate<Relay.Request> sending() {
    return request -> request.action().startsWith("SendMessage");
  }

  /** Requests that take stored reports out of the queue. */
  public static Predicate<Relay.Request> deleting() {
    return request -> request.action().startsWith("DeleteMessage");
  }

  /** With an administrator's key. */
  public Api api() {
    if (api == null) {
      api = new Api(address(), operator().makeKey());
    }
    return api;
  }

  private Operator operator() {
    if (operator == null) {
      operator = Operator.of(folder.resolve("server.toml"));
    }
    return operator;
  }

  /** An agent, registered by the commands that an operator types, and not started yet. */
  public Reporting registerByHand(String id) {
    AgentProcess agent = new AgentProcess(id, folder.resolve(id)).configure("");
    String key = agent.ask("key").out();
    JarProcess.Ended added =
        JarProcess.run(
            folder,
            key,
            "server",
            "agents",
            "add",
            "--id",
            id,
            "--region",
            agent.region(),
            "-c",
            "server.toml");
    return reporting(agent, added.out());
  }

  /** The same in a tenth of the time, for tests about something else. */
  public Reporting agent(String id) {
    AgentProcess agent = new AgentProcess(id, folder.resolve(id));
    return reporting(agent, operator().register(agent));
  }

  private Reporting reporting(AgentProcess agent, String block) {
    return new Reporting(
        agent, block, agentsToServer.address(), URI.create(queueUrl(agentsToQueue)));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (operator != null) {
      operator.close();
    }
    agentsToServer.close();
    agentsToQueue.close();
    serverToQueue.close();
    stopQueue();
  }
}
