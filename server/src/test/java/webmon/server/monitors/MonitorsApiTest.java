package webmon.server.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static webmon.report.TestReports.definition;
import static webmon.report.TestReports.down;
import static webmon.report.TestReports.up;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import webmon.monitor.MonitorDefinition;
import webmon.result.FailureKind;
import webmon.server.RunningServer;
import webmon.server.TestAgent;
import webmon.server.TestClock;

/** What the API says of monitors: the shapes that others rely on. */
class MonitorsApiTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private final TestClock clock = new TestClock(NOW);
  private RunningServer server;
  private TestAgent north;
  private TestAgent east;

  @BeforeEach
  void start() {
    server = RunningServer.start(clock);
    north = TestAgent.register(server, "north-1", "eu-north-1", NOW.minusSeconds(20));
    east = TestAgent.register(server, "east-1", "us-east-1", NOW.minusSeconds(10));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsAMonitorWithTheNewestResultOfEachRegion() {
    hello(north, definition("shop"));
    north.send(north.reports().ups("shop", 2));
    east.send(east.reports().one("shop", down(FailureKind.CONNECT_REFUSED, "Nobody listens.")));
    JsonNode monitor = only(server.read("/api/v1/monitors"));
    assertThat(fields(monitor))
        .containsExactly(
            "id",
            "name",
            "url",
            "type",
            "state",
            "since",
            "interval_s",
            "group",
            "tags",
            "conflict",
            "regions");
    assertThat(monitor.path("id").asText()).isEqualTo("shop");
    assertThat(monitor.path("name").asText()).isEqualTo("Page shop");
    assertThat(monitor.path("url").asText()).isEqualTo("https://example.com/shop");
    assertThat(monitor.path("type").asText()).isEqualTo("http");
    assertThat(monitor.path("interval_s").toString()).isEqualTo("60");
    assertThat(monitor.path("group").isNull()).isTrue();
    assertThat(monitor.path("tags").toString()).isEqualTo("{\"team\":\"web\"}");
    assertThat(monitor.path("conflict").asBoolean(true)).isFalse();
    assertThat(monitor.path("state").asText()).isEqualTo("degraded");
    assertThat(fields(monitor.path("regions").path(0))).containsExactly("region", "state", "last");
    assertThat(monitor.path("regions").path(0).path("region").asText()).isEqualTo("eu-north-1");
    assertThat(monitor.path("regions").path(0).path("state").asText()).isEqualTo("up");
    assertThat(monitor.path("regions").path(0).path("last").path("sequence").asLong()).isEqualTo(3);
    assertThat(monitor.path("regions").path(1).path("state").asText()).isEqualTo("down");
  }

  @Test
  void showsAResultAsOthersRelyOnIt() {
    north.send(north.reports().one("shop", up()));
    JsonNode result = only(server.read("/api/v1/monitors/shop/results"));
    assertThat(result.toString())
        .isEqualTo(
            """
            {"monitor":"shop","agent":"north-1","stream":"%s","sequence":1,"region":"eu-north-1",\
            "at":"2026-11-22T11:59:40.000000Z","due_at":"2026-11-22T11:59:39.997000Z",\
            "started_at":"2026-11-22T11:59:40.000000Z","duration_us":120000,"status":"up",\
            "failure":null,"http_status":200,"content_matched":true,\
            "phases_us":{"dns":1000,"connect":10000,"tls":20000,"wait":80000,"transfer":9000},\
            "address":"198.51.100.7","hops":[],"excerpt":null,"certificate_expires_at":null,\
            "count":1,"clock_stepped":false}\
            """
                .formatted(north.reports().origin().stream()));
  }

  @Test
  void showsAFailureWithItsSentence() {
    north.send(north.reports().one("shop", down(FailureKind.DNS, "No such name.")));
    JsonNode result = only(server.read("/api/v1/monitors/shop/results"));
    assertThat(result.path("status").asText()).isEqualTo("down");
    assertThat(result.path("failure").toString())
        .isEqualTo("{\"kind\":\"dns\",\"message\":\"No such name.\"}");
    assertThat(result.path("http_status").isNull()).isTrue();
    assertThat(result.path("phases_us").path("tls").isNull()).isTrue();
  }

  @Test
  void givesTheDefinitionOfOneMonitorAndWhoListsIt() {
    hello(north, definition("shop"));
    hello(east, definition("shop"));
    JsonNode monitor = server.read("/api/v1/monitors/shop");
    assertThat(monitor.path("id").asText()).isEqualTo("shop");
    assertThat(monitor.path("definition").path("failure_threshold").asInt()).isEqualTo(2);
    assertThat(monitor.path("agents").toString()).isEqualTo("[\"east-1\",\"north-1\"]");
    assertThat(monitor.path("state").asText()).isEqualTo("unknown");
  }

  @Test
  void knowsAMonitorFromItsResultsAlone() {
    north.send(north.reports().one("shop", up()));
    JsonNode monitor = server.read("/api/v1/monitors/shop");
    assertThat(monitor.path("state").asText()).isEqualTo("up");
    assertThat(monitor.path("definition").isNull()).isTrue();
    assertThat(monitor.path("interval_s").asInt()).isEqualTo(60);
  }

  @Test
  void aResultHoldsUntilThirtySecondsAfterTheNextWasDue() {
    north.send(north.reports().one("shop", up()));
    clock.advance(Duration.ofSeconds(70).minusMillis(1));
    assertThat(state()).isEqualTo("up");
    clock.advance(Duration.ofMillis(1));
    assertThat(state()).isEqualTo("unknown");
  }

  @Test
  void aMonitorThatIsNotEnabledIsPaused() {
    north.send(north.reports().one("shop", up()));
    hello(north, definition("shop", "https://example.com/shop", false));
    assertThat(state()).isEqualTo("paused");
  }

  @Test
  void aMonitorThatNobodyListsAnyMoreIsRetired() {
    hello(north, definition("shop"));
    north.send(north.reports().one("shop", up()));
    north.send(north.reports().report(List.of(agent -> agent.hello(2, List.of()))));
    assertThat(state()).isEqualTo("retired");
  }

  @Test
  void aHelloFromAWrongClockPinsNoOldConfiguration() {
    north.reports().after(Duration.ofDays(400));
    hello(north, definition("shop"));
    north.reports().after(Duration.ofDays(-400));
    north.send(north.reports().report(List.of(agent -> agent.hello(2, List.of()))));
    assertThat(state()).isEqualTo("retired");
  }

  @Test
  void agentsThatDefineAMonitorDifferentlyAreInConflict() {
    hello(north, definition("shop"));
    hello(east, definition("shop", "https://example.com/elsewhere", true));
    assertThat(server.read("/api/v1/monitors/shop").path("conflict").asBoolean()).isTrue();
  }

  @Test
  void listsMonitorsInPages() {
    for (String id : List.of("c", "a", "b")) {
      north.send(north.reports().one(id, up()));
    }
    JsonNode first = server.read("/api/v1/monitors?limit=2");
    JsonNode second = server.read("/api/v1/monitors?limit=2&next=" + first.path("next").asText());
    assertThat(first.path("items").findValuesAsText("id")).containsExactly("a", "b");
    assertThat(second.path("items").findValuesAsText("id")).containsExactly("c");
    assertThat(second.path("next").isNull()).isTrue();
  }

  private String state() {
    return server.read("/api/v1/monitors/shop").path("state").asText();
  }

  private static void hello(TestAgent agent, MonitorDefinition definition) {
    agent.send(agent.reports().report(List.of(reports -> reports.hello(1, List.of(definition)))));
  }

  private static JsonNode only(JsonNode page) {
    assertThat(page.path("items")).hasSize(1);
    return page.path("items").path(0);
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
