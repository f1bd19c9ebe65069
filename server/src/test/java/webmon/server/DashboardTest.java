package webmon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser gets them. */
class DashboardTest {
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
  void tellsStrangersHowToGetIn() {
    HttpResponse<String> page = server.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("webmon server login-link", "./webmon up", "API key", "name=\"key\"")
        .doesNotContain("{{", "/assets/dashboard.js");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/login?failed=link", "/login?failed=<script>"})
  void runsNothingThatStandsInThePage(String path) {
    HttpResponse<String> page = server.get(path.replace("<", "%3C").replace(">", "%3E"));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .doesNotContainPattern("<script>|<style|\\son[a-z]+=|\\sstyle=|javascript:");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
  }

  @ParameterizedTest
  @CsvSource({
    "dashboard.js,  text/javascript",
    "rows.js,       text/javascript",
    "words.js,      text/javascript",
    "login.js,      text/javascript",
    "dashboard.css, text/css",
    "icon.svg,      image/svg+xml"
  })
  void servesItsFilesOnceAndThenByTheirEtag(String file, String type) {
    HttpResponse<String> first = server.get("/assets/" + file);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = server.get("/assets/" + file, "If-None-Match", etag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }
}
