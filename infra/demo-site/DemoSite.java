import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * A site to be watched: the files of a folder, 404 for what is not there, and {@code /broken},
 * which is always a 500. Files are read at each request, so editing one shows at the next check.
 * Needs nothing but a JDK: {@code java DemoSite.java FOLDER PORT}.
 */
final class DemoSite {
  private DemoSite() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toRealPath();
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[1])), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> page(exchange, folder));
    server.createContext(
        "/broken", exchange -> answer(exchange, 500, "<h1>The till is on fire</h1>\n"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    server.start();
  }

  private static void page(HttpExchange exchange, Path folder) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Path file = folder.resolve(path.equals("/") ? "index.html" : path.substring(1)).normalize();
    if (file.startsWith(folder) && Files.isRegularFile(file)) {
      answer(exchange, 200, Files.readString(file));
    } else {
      answer(exchange, 404, "<h1>No such page</h1>\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String html) throws IOException {
    try (exchange) {
      byte[] body = html.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
