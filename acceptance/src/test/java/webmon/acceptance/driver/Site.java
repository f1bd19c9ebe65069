package webmon.acceptance.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A real web site on 127.0.0.1, whose pages can be changed while it runs. */
public final class Site implements AutoCloseable {
  private static final Page NOT_FOUND = new Page(404, "There is no such page.");

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final AtomicLong served = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  private record Page(int status, String body) {
    /** Never answers. */
    static final Page SLOW = new Page(0, "");
  }

  private Site(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("site-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static Site open() {
    try {
      return new Site(HttpServer.create(anyPort(), 200), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A site whose certificate nobody but its owner trusts. */
  public static Site openWithCertificate(SSLContext ownAuthority) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(ownAuthority));
      return new Site(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** From now on this path answers so. */
  public Site page(String path, int status, String body) {
    pages.put(path, new Page(status, body));
    return this;
  }

  /** From now on this path takes requests and never answers. */
  public Site slow(String path) {
    pages.put(path, Page.SLOW);
    return this;
  }

  public String url(String path) {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How many requests it has answered. */
  public long served() {
    return served.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), NOT_FOUND);
    if (page == Page.SLOW) {
      awaitClosing();
      exchange.close();
      return;
    }
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
    served.incrementAndGet();
  }

  private void awaitClosing() {
    try {
      closed.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** An address of 127.0.0.1 at which nobody listens. */
  public static URI nobody() {
    return URI.create("http://127.0.0.1:" + freePort() + "/");
  }

  /** A port of 127.0.0.1 that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes every connection, reads a little and resets it. */
  public static final class Resetting implements AutoCloseable {
    private final ServerSocket socket;

    private Resetting(ServerSocket socket) {
      this.socket = socket;
    }

    public static Resetting open() {
      try {
        Resetting resetting =
            new Resetting(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("resetting-site").start(resetting::run);
        return resetting;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private void run() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          connection.getInputStream().read();
          connection.setSoLinger(true, 0); // closing sends RST
        } catch (IOException e) {
          // The connection or the site has ended; the loop's condition tells which.
          continue;
        }
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
