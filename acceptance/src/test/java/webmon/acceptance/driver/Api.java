package webmon.acceptance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server's REST API, as somebody with a key uses it. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI server;
  private final String key;

  public Api(URI server, String key) {
    this.server = server;
    this.key = key;
  }

  /** What the server answered, whatever the status. */
  public HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  /** Hands in a report as an agent does. */
  public HttpResponse<String> report(String compact) {
    return send(
        request("/api/v1/ingest/reports")
            .header("Content-Type", "application/jose")
            .POST(HttpRequest.BodyPublishers.ofString(compact))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A JSON answer; anything but a 200 is a failure that shows what was said instead. */
  public JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return read(response.body());
  }

  /** The items of a list. */
  public List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    json(path).required("items").forEach(items::add);
    return items;
  }

  public Optional<JsonNode> agent(String id) {
    return items("/api/v1/agents").stream()
        .filter(agent -> agent.path("id").asText().equals(id))
        .findFirst();
  }

  /** The newest results of a monitor; none while the server does not know the monitor. */
  public List<JsonNode> results(String monitor) {
    String path = "/api/v1/monitors/" + monitor + "/results?limit=1000";
    return get(path).statusCode() == 404 ? List.of() : items(path);
  }

  public static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
