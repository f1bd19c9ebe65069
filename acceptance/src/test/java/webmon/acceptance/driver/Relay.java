package webmon.acceptance.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between two processes, passes on what they say to each other, and strikes at the moment
 * that matters: when a request has arrived, or when its answer is on the way back.
 */
public final class Relay implements AutoCloseable {
  // These belong to a connection, not to a message (RFC 9110, 7.6.1), or the client sets them.
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("relay-", 0).factory());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI target;
  private final AtomicReference<@Nullable Strike> before = new AtomicReference<>();
  private final AtomicReference<@Nullable Strike> after = new AtomicReference<>();
  private volatile boolean cut;

  /**
   * A request on its way.
   *
   * @param action its method and path, or for SQS the name of the action
   */
  public record Request(String action, String body) {}

  private record Strike(
      Predicate<Request> which, Runnable action, CompletableFuture<Request> done) {}

  private Relay(HttpServer server, URI target) {
    this.server = server;
    this.target = target;
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** One that passes on to there. */
  public static Relay to(URI target) {
    try {
      return new Relay(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100),
          target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on every connection ends without an answer. */
  public void cut() {
    cut = true;
  }

  public void mend() {
    cut = false;
  }

  /** Acts once such a request has arrived as a whole; it is not passed on and has no answer. */
  public CompletableFuture<Request> strikeBefore(Predicate<Request> which, Runnable action) {
    return arm(before, which, action);
  }

  /** Acts once such a request was passed on and answered; the answer is not passed back. */
  public CompletableFuture<Request> strikeAfter(Predicate<Request> which, Runnable action) {
    return arm(after, which, action);
  }

  private static CompletableFuture<Request> arm(
      AtomicReference<@Nullable Strike> place, Predicate<Request> which, Runnable action) {
    Strike strike = new Strike(which, action, new CompletableFuture<>());
    place.set(strike);
    return strike.done();
  }

  private void pass(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Request request =
          new Request(action(exchange), new String(body, java.nio.charset.StandardCharsets.UTF_8));
      if (cut || strikes(before, request)) {
        return;
      }
      HttpResponse<byte[]> answer = client.send(outgoing(exchange, body), bytes());
      if (cut || strikes(after, request)) {
        return;
      }
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (IOException e) {
      // One of the two sides is gone; the other one sees its connection end.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private HttpRequest outgoing(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request.build();
  }

  private static String action(HttpExchange exchange) {
    String sqs = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    return sqs != null
        ? sqs.substring(sqs.lastIndexOf('.') + 1)
        : exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
  }

  private static boolean strikes(AtomicReference<@Nullable Strike> place, Request request) {
    Strike strike = place.get();
    if (strike == null || !strike.which().test(request) || !place.compareAndSet(strike, null)) {
      return false;
    }
    strike.action().run();
    strike.done().complete(request);
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
