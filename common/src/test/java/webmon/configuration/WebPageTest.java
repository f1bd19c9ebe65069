package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.monitor.MonitorDefinition;

class WebPageTest {
  private static final String URL = "url = 'https://example.com/a'\n";

  @Test
  void hasTheSameDefaultsFromAFileAndWithoutOne() {
    assertThat(Written.page(URL)).isEqualTo(WebPage.builder("https://example.com/a").build());
  }

  @Test
  void saysWhatTheFileSays() {
    WebPage page =
        Written.page(
            """
            id = "w"
            name = "Wiki"
            type = "http"
            url = "https://en.wikipedia.org/wiki?x=1#f"
            content_pattern = ["Log in", 'a\\d']
            expected_status = [304, "200-204", 205, "301 - 302"]
            interval = "5m"
            timeout = 2.5
            retry_interval = "1500ms"
            failure_threshold = 3
            recovery_threshold = 1
            quorum = "60%"
            tags = { team = "web", "a.b" = "c" }
            group = "G"
            enabled = false
            description = "D"
            """);
    assertThat(page)
        .isEqualTo(
            WebPage.builder("https://en.wikipedia.org/wiki?x=1#f")
                .name("Wiki")
                .id("w")
                .contentPatterns("Log in", "a\\d")
                .expectedStatus(
                    new StatusRange(200, 205), new StatusRange(301, 302), new StatusRange(304, 304))
                .interval(Duration.ofMinutes(5))
                .timeout(Duration.ofMillis(2500))
                .retryInterval(Duration.ofMillis(1500))
                .thresholds(3, 1)
                .quorum("60%")
                .tags(Map.of("team", "web", "a.b", "c"))
                .group("G")
                .enabled(false)
                .description("D")
                .build());
    assertThat(page.expects(204)).isTrue();
    assertThat(page.expects(206)).isFalse();
  }

  @Test
  void takesFromTheDefaultsWhatItDoesNotSay() {
    Configuration configuration =
        Written.usable(
            """
            [[web_page]]
            url = "https://example.com/a"
            interval = 30
            tags = { team = "shop" }
            [defaults]
            interval = "2m"
            timeout = 20
            quorum = 2
            expected_status = "200-204"
            tags = { team = "web", stage = "live" }
            group = "All"
            enabled = false
            """);
    assertThat(configuration.webPages())
        .containsExactly(
            WebPage.builder("https://example.com/a")
                .interval(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(20))
                .quorum("2")
                .expectedStatus(new StatusRange(200, 204))
                .tags(Map.of("team", "shop", "stage", "live"))
                .group("All")
                .enabled(false)
                .build());
  }

  @Test
  void letsTheBuiltInTimesGiveWayToAShortInterval() {
    WebPage page = Written.page(URL + "interval = 5");
    assertThat(page.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(page.retryInterval()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com,               example.com,           example-com",
    "https://example.com/,              example.com,           example-com",
    "HTTP://EXAMPLE.com:8080/A/?q#f,    example.com:8080/A,    example-com-8080-a",
    "https://u:p@example.com/x,         example.com/x,         example-com-x",
    "http://my_service:81/x,            my_service:81/x,       my-service-81-x",
    "'https://[::1]:8443/x',            '[::1]:8443/x',        1-8443-x",
    "https://müller.example/ä,          xn--mller-kva.example/ä, xn-mller-kva-example-a",
  })
  void isNamedByHostAndPath(String url, String name, String id) {
    WebPage page = Written.page("url = \"" + url + "\"");
    assertThat(page.name()).isEqualTo(name);
    assertThat(page.id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "'${BASE}/health',                       https://api.example.com/***/health",
    "'https://${HOST}/a',                    https://api.example.com/a",
    "'https://api.example.com/a/${KEY}/b',   https://api.example.com/a/***/b",
    "'https://api.example.com/?x=${KEY}&y=1', https://api.example.com/?x=***&y=1",
    "'https://api.example.com/?x=${NO:dflt}', https://api.example.com/?x=dflt",
    "'https://me:pw@api.example.com/a',      https://***@api.example.com/a",
    "'https://api.example.com/?api_key=1&b=2', https://api.example.com/?api_key=***&b=2",
  })
  void masksWhatCameFromOutsideAfterTheHost(String url, String masked) {
    Map<String, String> environment =
        Map.of(
            "BASE", "https://api.example.com/tenant-4711",
            "HOST", "api.example.com",
            "KEY", "k3y");
    WebPage page = Written.page("url = \"" + url + "\"", environment);
    assertThat(page.maskedUrl()).isEqualTo(masked);
    assertThat(page.definition().url()).isEqualTo(masked);
    assertThat(page.toString()).doesNotContain("k3y", "tenant", "pw");
    assertThat(page.url().getScheme()).isEqualTo("https");
  }

  @Test
  void declaresItselfWithoutItsSecrets() {
    WebPage page =
        Written.page(
            "url = 'https://u:pass@example.com/${KEY}'\ncontent_pattern = ['Hello ${KEY}', 'b']\n",
            Map.of("KEY", "hush-hush"));
    assertThat(page.url()).isEqualTo(URI.create("https://u:pass@example.com/hush-hush"));
    MonitorDefinition definition = page.definition();
    assertThat(definition.toString()).doesNotContain("hush", "pass");
    assertThat(definition.assertions())
        .isEqualTo(
            Map.of(
                "content_pattern",
                List.of("Hello ***", "b"),
                "expected_status",
                List.of("200-299")));
    assertThat(page.masking().mask("GET https://x/hush-hush u:pass"))
        .isEqualTo("GET https://x/*** ***");
  }

  @Test
  void declaresTheSameStatusCodesInTheSameWay() {
    assertThat(Written.page(URL + "expected_status = [201, 200, '202-204', 203]").definition())
        .isEqualTo(Written.page(URL + "expected_status = '200-204'").definition());
  }

  @Test
  void isEqualToItselfWhenOtherPagesChange() {
    String page = "[[web_page]]\nurl = 'https://example.com/${KEY}'\n";
    Map<String, String> environment = Map.of("KEY", "hush-hush", "OTHER", "another-secret");
    String more = "[[web_page]]\nurl = 'https://example.org/${OTHER}'\n";
    assertThat(Written.usable(more + page, environment).webPages().getLast())
        .isEqualTo(Written.usable(page, environment).webPages().getFirst());
  }
}
