package webmon.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static webmon.report.TestReports.down;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.result.FailureKind;
import webmon.server.RunningServer;
import webmon.server.TestAgent;
import webmon.server.TestClock;

/** Results of one monitor: which, in what order, in what portions. */
class ResultsApiTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static RunningServer server;

  /** Ten of each region, a second apart, the first at 11:00:00; two of the east are down. */
  @BeforeAll
  static void start() {
    server = RunningServer.start(new TestClock(NOW));
    Instant begin = NOW.minusSeconds(3_600);
    TestAgent north = TestAgent.register(server, "north-1", "eu-north-1", begin);
    TestAgent east = TestAgent.register(server, "east-1", "us-east-1", begin);
    north.send(north.reports().ups("shop", 10));
    north.send(north.reports().ups("other", 3));
    east.send(east.reports().ups("shop", 8));
    east.send(east.reports().one("shop", down(FailureKind.TIMEOUT, "Too late.")));
    east.send(east.reports().one("shop", down(FailureKind.TIMEOUT, "Too late.")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                                          20",
    "?region=eu-north-1,                                          10",
    "?region=nowhere,                                             0",
    "?status=down,                                                2",
    "?status=up&region=us-east-1,                                 8",
    "?status=missed,                                              0",
    "?from=-1h,                                                   20",
    "?from=-59m,                                                  0",
    "?from=2026-11-22T11:00:08Z,                                  4",
    "?from=2026-11-22T11:00:01Z&to=2026-11-22T11:00:02Z,          2",
    "?to=2026-11-22T11:00:00Z,                                    0",
    "?to=2026-11-22T11:00:00.000001Z,                             2",
  })
  void givesWhatWasAskedFor(String query, int count) {
    assertThat(items(query)).hasSize(count);
  }

  @Test
  void givesTheNewestFirst() {
    List<String> times = items("").stream().map(result -> result.path("at").asText()).toList();
    assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "3, 7", "7, 3", "19, 2", "20, 1", "1000, 1"})
  void givesEachResultOnceWhateverThePagesAre(int limit, int pages) {
    List<String> seen = new ArrayList<>();
    String next = "";
    int count = 0;
    do {
      JsonNode page = server.read("/api/v1/monitors/shop/results?limit=" + limit + next);
      page.path("items")
          .forEach(result ->
              seen.add(result.path("region").asText() + " " + result.path("sequence").asLong()));
      next = page.path("next").isNull() ? "" : "&next=" + page.path("next").asText();
      count++;
    } while (!next.isEmpty());
    assertThat(count).isEqualTo(pages);
    assertThat(seen).hasSize(20).doesNotHaveDuplicates();
  }

  private static List<JsonNode> items(String query) {
    List<JsonNode> items = new ArrayList<>();
    server.read("/api/v1/monitors/shop/results" + query).path("items").forEach(items::add);
    return items;
  }
}
