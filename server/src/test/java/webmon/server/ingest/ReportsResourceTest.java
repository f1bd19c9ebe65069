package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.Range;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.server.RunningServer;
import webmon.server.TestAgent;
import webmon.server.TestClock;
import webmon.server.access.Scope;

/** Reports that come over HTTPS, and what their senders are told. */
class ReportsResourceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(new TestClock(NOW));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAgent agent(String id) {
    return TestAgent.register(server, id, "eu-north-1", NOW.minusSeconds(600));
  }

  @Test
  void answersWhatIsStoredWithASignedAcknowledgement() {
    TestAgent agent = agent("stored");
    HttpResponse<String> response =
        agent.post(agent.seal(agent.reports().ups("page", 3)), agent.apiKey());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/jose");
    Acknowledgement told = agent.verified(response);
    assertThat(told.agent()).isEqualTo("stored");
    assertThat(told.stream()).isEqualTo(agent.reports().origin().stream());
    assertThat(told.contiguous()).isEqualTo(3);
    assertThat(told.serverTime()).isEqualTo(NOW);
  }

  @Test
  void answersADuplicateAsTheFirst() {
    TestAgent agent = agent("duplicate");
    Signed report = agent.reports().ups("page", 2);
    Acknowledgement first = agent.send(report);
    long results = server.database().number("select count(*) from check_result");
    assertThat(agent.send(report)).isEqualTo(first);
    assertThat(server.database().number("select count(*) from check_result")).isEqualTo(results);
  }

  @Test
  void answersWhatIsRefusedWithAnAcknowledgementToo() {
    TestAgent agent = agent("refused");
    TestReports elsewhere =
        agent
            .reports()
            .claiming(server.server().administration().deployment(), "refused", "us-east-1");
    Acknowledgement told = agent.send(elsewhere.ups("page", 2));
    assertThat(told.contiguous()).isEqualTo(2);
    assertThat(told.refused())
        .containsExactly(new Acknowledgement.RefusedRange(new Range(1, 2), "wrong_region"));
  }

  @Test
  void rejectsWhatAnUnknownKeySigned() {
    TestAgent agent = agent("forged");
    Signed forged = agent.reports().copy().signingWith(SigningKey.generate()).ups("page", 1);
    assertRejected(agent.post(agent.seal(forged), agent.apiKey()), "unknown_agent_key");
    assertThat(
            server
                .database()
                .number("select count(*) from rejected_report where reason = 'unknown_agent_key'"))
        .isPositive();
  }

  @Test
  void rejectsWhatIsEncryptedForSomebodyElse() {
    TestAgent agent = agent("elsewhere");
    String sealed = agent.reports().ups("page", 1).seal(DecryptionKey.generate().publicKey());
    assertRejected(agent.post(sealed, agent.apiKey()), "unknown_server_key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "garbage", "a.b.c.d.e", "{\"a\":1}", "ÿ.ÿ.ÿ.ÿ.ÿ"})
  void rejectsWhatIsNoReport(String body) {
    HttpResponse<String> response =
        server.send(
            "POST",
            "/api/v1/ingest/reports",
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/jose",
            "X-API-Key",
            server.key(Scope.INGEST));
    assertRejected(response, "not_compact");
  }

  @Test
  void takesNothingWithoutAKeyForIt() {
    TestAgent agent = agent("keyless");
    String sealed = agent.seal(agent.reports().ups("page", 1));
    assertThat(agent.post(sealed, "wm_000000000000_" + "A".repeat(43)).statusCode()).isEqualTo(401);
    assertThat(agent.post(sealed, server.key(Scope.READ)).statusCode()).isEqualTo(403);
    assertThat(agent.post(sealed, server.key(Scope.ADMIN)).statusCode()).isEqualTo(403);
    assertThat(server.read("/api/v1/agents/keyless").path("contiguous").asLong()).isZero();
    assertThat(agent.post(sealed, server.key(Scope.INGEST)).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsABoundKeyNothingOfAnotherAgent() {
    TestAgent one = agent("bound-one");
    TestAgent other = agent("bound-other");
    HttpResponse<String> response =
        one.post(one.seal(one.reports().ups("page", 1)), other.apiKey());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(RunningServer.json(response).path("detail").asText())
        .contains("bound to the agent 'bound-other'");
  }

  @Test
  void takesNoMoreThan256KiB() {
    TestAgent agent = agent("large");
    assertThat(agent.post("x".repeat(256 * 1024), agent.apiKey()).statusCode()).isEqualTo(400);
    assertThat(agent.post("x".repeat(256 * 1024 + 1), agent.apiKey()).statusCode()).isEqualTo(413);
  }

  @Test
  void takesNoMoreThan256KiBOfABodyThatDoesNotSayItsLength() throws Exception {
    TestAgent agent = agent("chunked");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    String request =
        "POST /api/v1/ingest/reports HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/jose\r\nX-API-Key: "
            + agent.apiKey()
            + "\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunk.repeat(4)
            + "1\r\nx\r\n0\r\n\r\n";
    try (java.net.Socket socket =
        new java.net.Socket("127.0.0.1", server.server().uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    }
  }

  @Test
  void takesNoOtherMediaType() {
    HttpResponse<String> response =
        server.send(
            "POST",
            "/api/v1/ingest/reports",
            new byte[] {'x'},
            "Content-Type",
            "application/json",
            "X-API-Key",
            server.key(Scope.INGEST));
    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void asksToComeAgainWhileTheDatabaseIsAway() {
    try (RunningServer lonely = RunningServer.start(new TestClock(NOW))) {
      TestAgent agent = TestAgent.register(lonely, "patient", "r", NOW.minusSeconds(600));
      String sealed = agent.seal(agent.reports().ups("page", 1));
      String reader = lonely.key(Scope.READ);
      assertThat(lonely.get("/api/v1/agents", "X-API-Key", reader).statusCode()).isEqualTo(200);
      lonely.database().goAway();
      for (HttpResponse<String> response :
          List.of(
              agent.post(sealed, agent.apiKey()),
              lonely.get("/api/v1/agents", "X-API-Key", reader),
              lonely.get("/ready"))) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
      }
      assertThat(agent.post(sealed, agent.apiKey()).headers().firstValue("Retry-After").orElse(""))
          .matches("[1-9][0-9]*");
      assertThat(lonely.get("/healthz").statusCode()).isEqualTo(200);
      lonely.database().comeBack();
      assertThat(agent.verified(agent.post(sealed, agent.apiKey())).contiguous()).isEqualTo(1);
      assertThat(lonely.get("/ready").statusCode()).isEqualTo(200);
    }
  }

  private static void assertRejected(HttpResponse<String> response, String reason) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode problem = RunningServer.json(response);
    assertThat(problem.path("type").asText()).isEqualTo("urn:webmon:problem:rejected-report");
    assertThat(problem.path("reason").asText()).isEqualTo(reason);
  }
}
