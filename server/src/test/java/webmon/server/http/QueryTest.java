package webmon.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.server.RunningServer;
import webmon.server.access.Scope;

/** What is asked for wrongly is said, with the parameter's name and what is allowed. */
class QueryTest {
  private static final String RESULTS = "/api/v1/monitors/some/results";
  private static RunningServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
    key = server.key(Scope.READ);
    server.jdbi().useHandle(handle -> handle.execute("insert into monitor (slug) values ('some')"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/monitors?lmit=3           | lmit   | There is no parameter 'lmit' here; there are limit, next.",
        "/api/v1/monitors?limit=0          | limit  | The parameter 'limit' is a whole number from 1 to 1000, not '0'.",
        "/api/v1/monitors?limit=1001       | limit  | The parameter 'limit' is a whole number from 1 to 1000, not '1001'.",
        "/api/v1/monitors?limit=ten        | limit  | The parameter 'limit' is a whole number from 1 to 1000, not 'ten'.",
        "/api/v1/monitors?limit=           | limit  | The parameter 'limit' is empty; leave it out or give it a value.",
        "/api/v1/monitors?limit=1&limit=2  | limit  | The parameter 'limit' may be given once.",
        "/api/v1/monitors?next=%25         | next   | The parameter 'next' is what an earlier answer gave as its 'next', unchanged.",
        "/api/v1/monitors?next=AA          | next   | The parameter 'next' is what an earlier answer gave as its 'next', unchanged.",
        "/api/v1/monitors/some/results?region=a%00b     | region | The parameter 'region' has control characters in it.",
        "/api/v1/monitors/some?limit=3     | limit  | There is no parameter 'limit' here; there are none at all.",
        "/api/v1/agents?from=-1h           | from   | There is no parameter 'from' here; there are limit, next.",
        "/api/v1/monitors/some/results?next=aGVsbG8     | next   | The parameter 'next' is what an earlier answer gave as its 'next', unchanged.",
        "/api/v1/monitors/some/results?next=YSBi        | next   | The parameter 'next' is what an earlier answer gave as its 'next', unchanged.",
        "/api/v1/monitors/some/results?status=broken    | status | The parameter 'status' is one of up, degraded, down, unknown, missed, not 'broken'.",
        "/api/v1/monitors/some/results?from=yesterday   | from   | The parameter 'from' is a time in UTC such as 2026-11-22T15:00:00Z, or a span before now such as -24h (s, m, h, d), not 'yesterday'.",
        "/api/v1/monitors/some/results?to=2026-11-22    | to     | The parameter 'to' is a time in UTC such as 2026-11-22T15:00:00Z, or a span before now such as -24h (s, m, h, d), not '2026-11-22'.",
        "/api/v1/monitors/some/results?from=-1h&to=-2h  | from   | The parameter 'from' has to be earlier than 'to'; nothing is between them.",
        "/api/v1/monitors/some/results?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z | from | The parameter 'from' has to be earlier than 'to'; nothing is between them.",
        "/api/v1/monitors/some/results?region=          | region | The parameter 'region' is empty; leave it out or give it a value.",
      })
  void saysWhichParameterIsWrongAndWhatIsAllowed(String path, String parameter, String detail) {
    HttpResponse<String> response = server.get(path, "X-API-Key", key);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode problem = RunningServer.json(response);
    assertThat(problem.path("type").asText()).isEqualTo("urn:webmon:problem:bad-parameter");
    assertThat(problem.path("parameter").asText()).isEqualTo(parameter);
    assertThat(problem.path("detail").asText()).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?limit=1",
        "?limit=1000",
        "?from=-24h",
        "?from=-90m&to=-30s",
        "?from=-999999d",
        "?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00.123456789Z",
        "?status=down&region=eu-north-1",
      })
  void takesWhatIsAllowed(String query) {
    HttpResponse<String> response = server.get(RESULTS + query, "X-API-Key", key);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"items\":[],\"next\":null}");
  }
}
