package webmon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.server.access.Scope;

/** Whatever goes wrong, callers get one form of error (RFC 9457), and nothing of our inside. */
class ProblemsTest {
  private static RunningServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
    key = server.key(Scope.READ, Scope.INGEST);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET     | /nothing                                  | */*                  | 404",
        "GET     | /api/v1/nothing                           | */*                  | 404",
        "GET     | /api/v1/monitors/none                     | */*                  | 404",
        "GET     | /api/v1/monitors/none/results             | */*                  | 404",
        "GET     | /api/v1/agents/none                       | */*                  | 404",
        "GET     | /assets/none.js                           | */*                  | 404",
        "GET     | /assets/%2e%2e/index.html                 | */*                  | 400",
        "GET     | /api/v1/monitors/%00                      | */*                  | 400",
        "GET     | /api/v1/agents/a%00b                      | */*                  | 400",
        "GET     | /api/v1/monitors/a%0Ab                    | */*                  | 400",
        "GET     | /api/v1/monitors/a%2Fb                    | */*                  | 400",
        "GET     | /api/v1/monitors/%F0%9F%98%80             | */*                  | 404",
        "GET     | /api/v1/monitors/%C3%28                   | */*                  | 400",
        "POST    | /api/v1/monitors                          | */*                  | 405",
        "DELETE  | /api/v1/agents/some                       | */*                  | 405",
        "PUT     | /                                         | text/html            | 405",
        "TRACE   | /api/v1/monitors                          | */*                  | 405",
        "BREW    | /api/v1/monitors                          | */*                  | 405",
        "POST    | /assets/dashboard.js                      | */*                  | 405",
        "GET     | /api/v1/monitors                          | text/xml             | 406",
        "GET     | /healthz                                  | text/html            | 406",
        "POST    | /login                                    | */*                  | 415",
        "GET     | /api/v1/monitors?limit=0                  | text/html            | 406",
        "GET     | /api/v1/monitors?limit=0                  | application/json     | 400"
      })
  void answersWithAProblem(String method, String path, String accept, int status) {
    HttpResponse<String> response =
        server.send(
            method,
            path,
            method.equals("GET") ? null : "x".getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + key,
            "Accept",
            accept,
            "Content-Type",
            "text/plain");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertProblem(response);
  }

  @Test
  void saysWhichMethodsThereAre() {
    HttpResponse<String> response =
        server.send("DELETE", "/api/v1/monitors", null, "X-API-Key", key);
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
    assertThat(RunningServer.json(response).path("detail").asText()).contains("GET");
  }

  @Test
  void tellsItsMethodsToWhoeverAsks() {
    HttpResponse<String> response = server.send("OPTIONS", "/api/v1/monitors", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
    assertThat(response.body()).doesNotContain("wadl", "webmon.server");
  }

  @Test
  void saysHowToAuthenticate() {
    HttpResponse<String> response = server.get("/api/v1/monitors");
    assertThat(response.statusCode()).isEqualTo(401);
    assertProblem(response);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"webmon\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, 400",
    "GARBAGE, 400",
    "GET / HTTP/9.9, 505",
    "GET /%zz HTTP/1.1, 400",
  })
  void answersABrokenRequestWithAProblem(String requestLine, int status) throws IOException {
    String answer = raw(requestLine + "\r\nX: y\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer).contains("application/problem+json").contains("\"status\":" + status);
    assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("<html", "jetty");
  }

  @Test
  void answersHeadersThatAreTooLargeWithAProblem() throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket =
        new Socket(server.server().uri().getHost(), server.server().uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void assertProblem(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = RunningServer.json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
    assertThat(problem.path("type").asText()).isNotEmpty();
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).endsWith(".");
    assertThat(response.body()).doesNotContain("Exception", "webmon.server", "<html", "Jetty");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }
}
