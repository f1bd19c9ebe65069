package webmon.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import webmon.report.Acknowledgement;
import webmon.report.TestReports.Signed;
import webmon.server.RunningServer;
import webmon.server.TestAgent;
import webmon.server.TestClock;
import webmon.server.access.Scope;

/** What the API says of agents, and what agents ask it. */
class AgentsApiTest {
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
  void showsAnAgentThatNeverReported() {
    agent("silent");
    JsonNode shown = server.read("/api/v1/agents/silent");
    assertThat(fields(shown))
        .containsExactly(
            "id",
            "region",
            "mode",
            "may_report",
            "version",
            "created_at",
            "last_seen_at",
            "clock_offset_us",
            "stream",
            "contiguous",
            "highest",
            "missing",
            "lost",
            "refused",
            "gaps",
            "forks",
            "chain_breaks",
            "forked_at",
            "reports",
            "results",
            "streams");
    assertThat(shown.path("last_seen_at").isNull()).isTrue();
    assertThat(shown.path("streams")).isEmpty();
    assertThat(shown.path("may_report").toString()).isEqualTo("[\"*\"]");
  }

  @Test
  void showsHowFarAnAgentHasComeAndWhatIsMissing() {
    TestAgent agent = agent("holes");
    agent.send(agent.reports().ups("page", 3));
    Signed late = agent.reports().ups("page", 2);
    agent.send(agent.reports().ups("page", 1));
    agent.send(agent.reports().gap(4));
    JsonNode shown = server.read("/api/v1/agents/holes");
    assertThat(shown.path("mode").asText()).isEqualTo("server-acknowledged");
    assertThat(shown.path("last_seen_at").asText()).isEqualTo("2026-11-22T12:00:00.000000Z");
    assertThat(shown.path("contiguous").asLong()).isEqualTo(3);
    assertThat(shown.path("highest").asLong()).isEqualTo(10);
    assertThat(shown.path("missing").asLong()).isEqualTo(2);
    assertThat(shown.path("lost").asLong()).isEqualTo(4);
    assertThat(shown.path("gaps").asLong()).isEqualTo(1);
    JsonNode stream = shown.path("streams").path(0);
    assertThat(stream.path("missing").toString()).isEqualTo("[[4,5]]");
    assertThat(stream.path("received").toString()).isEqualTo("[[1,3],[6,6]]");
    assertThat(stream.path("lost").toString()).isEqualTo("[[7,10]]");

    agent.send(late);
    JsonNode whole = server.read("/api/v1/agents/holes");
    assertThat(whole.path("contiguous").asLong()).isEqualTo(10);
    assertThat(whole.path("missing").asLong()).isZero();
  }

  @Test
  void showsForksAndChainBreaks() {
    TestAgent agent = agent("cloned");
    agent.send(agent.reports().ups("page", 1));
    var copy = agent.reports().copy();
    agent.send(agent.reports().ups("page", 2));
    agent.send(copy.ups("other", 2));
    agent.send(agent.reports().breakingTheChain().ups("page", 1));
    JsonNode shown = server.read("/api/v1/agents/cloned");
    assertThat(shown.path("forks").asLong()).isEqualTo(1);
    assertThat(shown.path("forked_at").asText()).isEqualTo("2026-11-22T12:00:00.000000Z");
    assertThat(shown.path("chain_breaks").asLong()).isPositive();
    assertThat(shown.path("streams")).hasSize(2);
  }

  @Test
  void listsAgentsInPages() {
    for (String id : List.of("page-a", "page-b", "page-c")) {
      agent(id);
    }
    List<String> ids = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page = server.read("/api/v1/agents?limit=2" + next);
      assertThat(page.path("items").size()).isBetween(1, 2);
      page.path("items").forEach(agent -> ids.add(agent.path("id").asText()));
      next = page.path("next").isNull() ? "" : "&next=" + page.path("next").asText();
      pages++;
    } while (!next.isEmpty());
    assertThat(pages).isGreaterThan(1);
    assertThat(ids).isSorted().doesNotHaveDuplicates().contains("page-a", "page-b", "page-c");
  }

  @Test
  void tellsAnAgentWhatIsCommitted() {
    TestAgent agent = agent("asking");
    Acknowledgement nothing = ask(agent, "asking", agent.apiKey());
    assertThat(nothing.contiguous()).isZero();
    agent.send(agent.reports().ups("page", 4));
    assertThat(ask(agent, "asking", agent.apiKey()).contiguous()).isEqualTo(4);
    assertThat(ask(agent, "asking", server.key(Scope.READ)).contiguous()).isEqualTo(4);
    assertThat(ask(agent, "asking", server.key(Scope.ADMIN)).contiguous()).isEqualTo(4);
  }

  @Test
  void anAgentIsQueueAcknowledgedUntilItAsksForItself() {
    TestAgent agent = agent("by-queue");
    ask(agent, "by-queue", server.key(Scope.READ));
    assertThat(server.read("/api/v1/agents/by-queue").path("mode").asText())
        .isEqualTo("queue-acknowledged");
    ask(agent, "by-queue", agent.apiKey());
    assertThat(server.read("/api/v1/agents/by-queue").path("mode").asText())
        .isEqualTo("server-acknowledged");
  }

  @Test
  void tellsAnAgentNothingOfAnother() {
    TestAgent one = agent("own");
    TestAgent other = agent("foreign");
    assertThat(response(other, "foreign", one.apiKey()).statusCode()).isEqualTo(403);
    assertThat(response(one, "own", server.key(Scope.INGEST)).statusCode()).isEqualTo(403);
    assertThat(response(one, "nobody", server.key(Scope.READ)).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/agents/own/acknowledgement").statusCode()).isEqualTo(401);
  }

  @Test
  void needsTheStreamToTellOf() {
    TestAgent agent = agent("vague");
    for (String query : List.of("", "?stream=x", "?stream=" + "A".repeat(32), "?strem=x")) {
      HttpResponse<String> response =
          server.get("/api/v1/agents/vague/acknowledgement" + query, "X-API-Key", agent.apiKey());
      assertThat(response.statusCode()).isEqualTo(400);
    }
  }

  private static Acknowledgement ask(TestAgent agent, String id, String key) {
    return agent.verified(response(agent, id, key));
  }

  private static HttpResponse<String> response(TestAgent agent, String id, String key) {
    return server.get(
        "/api/v1/agents/" + id + "/acknowledgement?stream=" + agent.reports().origin().stream(),
        "X-API-Key",
        key);
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
