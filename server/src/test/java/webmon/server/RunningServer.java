package webmon.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.configuration.ListenAddress;
import webmon.configuration.Secret;
import webmon.configuration.ServerSettings;
import webmon.server.access.Scope;

/** The real server on a real database of its own, and a client that follows no redirects. */
public final class RunningServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Server server;
  private final TestDatabase database;

  private RunningServer(Server server, TestDatabase database) {
    this.server = server;
    this.database = database;
  }

  public static RunningServer start() {
    return start(InstantSource.system());
  }

  public static RunningServer start(InstantSource clock) {
    TestDatabase database = TestDatabase.fresh();
    return start(settings(database.url(), database.user(), database.password()), clock, database);
  }

  public static RunningServer start(
      ServerSettings settings, InstantSource clock, TestDatabase database) {
    try {
      return new RunningServer(
          Server.start(settings, new Startup(false, Duration.ofSeconds(10), clock)), database);
    } catch (CannotStart e) {
      throw new AssertionError(e.sentence(), e);
    }
  }

  /** Ports that are free, keys in a new folder, no queue. */
  public static ServerSettings settings(String url, String user, String password) {
    try {
      Path keys = Files.createTempDirectory("webmon-server").resolve("server.jwks");
      return new ServerSettings(
          new ListenAddress("127.0.0.1", 0),
          new ListenAddress("127.0.0.1", 0),
          new Secret(url),
          user,
          new Secret(password),
          null,
          keys,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Server server() {
    return server;
  }

  /** The database, past the server. */
  public Jdbi jdbi() {
    return database.jdbi();
  }

  public TestDatabase database() {
    return database;
  }

  /** A new API key. */
  public String key(Scope... scopes) {
    return server
        .administration()
        .keys()
        .create("test", EnumSet.copyOf(Set.of(scopes)), null, null)
        .orElseThrow()
        .key()
        .value();
  }

  public URI at(String path) {
    return URI.create(server.uri() + path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** As a reader of the API. */
  public JsonNode read(String path) {
    HttpResponse<String> response = get(path, "X-API-Key", key(Scope.READ));
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  public HttpResponse<String> send(
      String method, String path, byte @Nullable [] body, String... headers) {
    return send(method, at(path), body, headers);
  }

  public HttpResponse<String> send(
      String method, URI uri, byte @Nullable [] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + response.body(), e);
    }
  }

  /** The cookies that a response sets, as a request sends them. */
  public static String cookies(HttpResponse<String> response) {
    List<String> set = response.headers().allValues("Set-Cookie");
    return String.join("; ", set.stream().map(cookie -> cookie.split(";", 2)[0]).toList());
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
