package webmon.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import webmon.server.RunningServer;
import webmon.server.access.Scope;

/** What load balancers and operators ask. */
class OperatorsTest {
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isAliveAndReady() {
    assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"alive\"}");
    assertThat(server.get("/ready").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void givesItsMetricsToPrometheus() {
    server.get("/api/v1/monitors", "X-API-Key", server.key(Scope.READ));
    HttpResponse<String> metrics = admin("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(metrics.body())
        .contains("io_dropwizard_jetty_MutableServletContextHandler_get_requests")
        .contains("io_dropwizard_db_ManagedPooledDataSource_database_active")
        .contains("jvm_memory_heap_used")
        .doesNotContain("<html");
    assertThat(admin("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsOperatorsOfItsHealth() {
    HttpResponse<String> health = admin("/healthcheck");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(RunningServer.json(health).path("database").path("healthy").asBoolean()).isTrue();
  }

  @Test
  void letsNobodyChangeAnythingThere() {
    URI task = URI.create(server.server().adminUri() + "/tasks/gc");
    assertThat(server.send("POST", task, null).statusCode()).isEqualTo(405);
  }

  @Test
  void readsNoFormOfAnySize() {
    URI login = URI.create(server.server().uri() + "/login");
    byte[] endless = ("token=" + "x".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
    assertThat(
            server
                .send("POST", login, endless, "Content-Type", "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void keepsMetricsOffTheAddressOfThePublic() {
    assertThat(server.get("/metrics").statusCode()).isEqualTo(404);
    assertThat(server.get("/healthcheck").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> admin(String path) {
    return server.send("GET", URI.create(server.server().adminUri() + path), null);
  }
}
