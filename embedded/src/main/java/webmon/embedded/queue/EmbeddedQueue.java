package webmon.embedded.queue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;
import scala.concurrent.duration.FiniteDuration;

/**
 * A real SQS API on 127.0.0.1, with the limits of AWS and the messages in memory: whoever sends
 * must be able to send again. Any credentials and any region will do. Safe for any thread; closing
 * it cuts all connections and returns within 2 seconds, after which another may be started on the
 * same port. Its parts log under {@code org.elasticmq} and {@code org.apache.pekko}.
 */
public final class EmbeddedQueue implements AutoCloseable {
  /** The account in queue addresses and names, made up by ElasticMQ. */
  private static final String ACCOUNT = "000000000000";

  private static final Duration STOPPING = Duration.ofSeconds(2);

  /**
   * ElasticMQ's own settings without their DEBUG. Its jar brings them as an {@code
   * application.conf}, which is not read: another library's or the user's could take its place.
   */
  private static final String SETTINGS =
      """
      pekko {
        loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
        logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
        loglevel = WARNING
        stdout-loglevel = OFF
        log-dead-letters = off
        log-dead-letters-during-shutdown = off
        daemonic = on
        jvm-exit-on-fatal-error = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        http.server {
          # A long poll lasts 20 s at most.
          request-timeout = 21 s
          parsing.illegal-header-warnings = off
          parsing.max-uri-length = 256k
        }
      }
      """;

  private final ActorSystem actors;
  private final Http.ServerBinding binding;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedQueue(ActorSystem actors, Http.ServerBinding binding) {
    this.actors = actors;
    this.binding = binding;
  }

  /** Starts it on the given port, 0 for a free one, with one queue and its dead-letter queue. */
  public static EmbeddedQueue start(int port, QueueLayout layout)
      throws IOException, InterruptedException {
    if (port != 0) {
      tryPort(port);
    }
    Config config =
        ConfigFactory.parseString(SETTINGS)
            .withFallback(ConfigFactory.defaultReference(EmbeddedQueue.class.getClassLoader()))
            .resolve();
    ActorSystem actors =
        ActorSystem.create("webmon-queue", config, EmbeddedQueue.class.getClassLoader());
    EmbeddedQueue queue;
    try {
      SQSRestServer server =
          SQSRestServerBuilder$.MODULE$
              .withActorSystem(actors)
              .withSQSLimits(StrictSQSLimits$.MODULE$)
              .withInterface("127.0.0.1")
              .withPort(port)
              .start();
      queue = new EmbeddedQueue(actors, server.waitUntilStarted());
    } catch (RuntimeException e) {
      actors.terminate();
      throw unavailable(port, e);
    }
    try {
      queue.create(layout);
      return queue;
    } catch (IOException | InterruptedException e) {
      queue.close();
      throw e;
    }
  }

  /** ElasticMQ writes two stack traces into the log where a port is taken. */
  private static void tryPort(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port));
    } catch (IOException e) {
      throw unavailable(port, e);
    }
  }

  private static IOException unavailable(int port, Exception cause) {
    return new IOException(
        "No queue can be started on port %d of 127.0.0.1 (%s): choose another port."
            .formatted(port, cause.getMessage()),
        cause);
  }

  /** Makes a further queue with its dead-letter queue; one that is there with this layout stays. */
  public void create(QueueLayout layout) throws IOException, InterruptedException {
    QueueRequests requests = new QueueRequests(endpoint());
    requests.create(layout.deadLetterName(), layout.visibility(), "");
    requests.create(
        layout.name(),
        layout.visibility(),
        """
        {"deadLetterTargetArn":"arn:aws:sqs:elasticmq:%s:%s","maxReceiveCount":%d}\
        """
            .formatted(ACCOUNT, layout.deadLetterName(), layout.mostReceives()));
  }

  /** What an SQS client takes as its endpoint. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return binding.localAddress().getPort();
  }

  public String queueUrl(String name) {
    return endpoint() + "/" + ACCOUNT + "/" + name;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      // ElasticMQ's own stop waits up to a minute for long polls to end.
      binding.terminate(FiniteDuration.create(100, TimeUnit.MILLISECONDS));
      actors.terminate();
      actors
          .getWhenTerminated()
          .toCompletableFuture()
          .get(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The queue does not stop", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
