package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.command.Complaint;

class SettingsTest {
  @Test
  void anEmptyFileIsAnAgentThatOnlyLogs() {
    Configuration configuration = Written.usable("");
    assertThat(configuration.agent())
        .isEqualTo(new AgentSettings(null, "local", Path.of(".webmon/agent"), 2L << 30));
    assertThat(configuration.report()).isNull();
    assertThat(configuration.server()).isNull();
    assertThat(configuration.webPages()).isEmpty();
  }

  @Test
  void readsTheAgent() {
    Configuration configuration =
        Written.usable(
            """
            [agent]
            id = "eu-north-1-a"
            region = "${REGION}"
            data_dir = "/var/lib/${NAME:webmon}"
            max_disk = "1.5GB"
            """,
            Map.of("REGION", "eu-north-1"));
    assertThat(configuration.agent())
        .isEqualTo(
            new AgentSettings(
                "eu-north-1-a", "eu-north-1", Path.of("/var/lib/webmon"), 1_500_000_000L));
  }

  @Test
  void readsAReport() {
    ReportSettings report =
        Written.report(
            """
            transports = ["https", "sqs"]
            queue_url = "https://sqs.eu-north-1.amazonaws.com/1/q"
            server_url = "https://webmon.example.com/"
            api_key = "wm_a_b"
            flush_interval = "500ms"
            resend_after = 30
            """);
    assertThat(report)
        .isEqualTo(
            new ReportSettings(
                List.of(TransportKind.HTTPS, TransportKind.SQS),
                URI.create("https://sqs.eu-north-1.amazonaws.com/1/q"),
                URI.create("https://webmon.example.com"),
                new Secret("wm_a_b"),
                "00112233445566778899aabbccddeeff",
                List.of(
                    "{\"crv\":\"X25519\",\"kty\":\"OKP\",\"use\":\"enc\",\"x\":\"hSDwCYkwp1R0i33ctD73Wg\"}"),
                Duration.ofMillis(500),
                Duration.ofSeconds(30)));
    assertThat(report.queueAcknowledged()).isFalse();
  }

  @Test
  void takesServerKeysAsJsonToo() {
    String text =
        Written.REPORT.replace(Written.KEY, "'{\"kty\":\"OKP\"}', \"${KEY}\"")
            + "queue_url = 'http://q/x'";
    ReportSettings report = Written.usable(text, Map.of("KEY", " {\"kty\":\"EC\"}")).report();
    assertThat(report).isNotNull();
    assertThat(report.serverKeys()).containsExactly("{\"kty\":\"OKP\"}", " {\"kty\":\"EC\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue_url = 'http://q/x' | SQS | true",
        "server_url = 'http://server:8080'; api_key = 'k' | HTTPS | false",
        "server_url = 'https://s'; api_key = 'k'; queue_url = 'http://q/x' | SQS,HTTPS | false",
        "server_url = 'https://s'; api_key = 'k'; queue_url = 'http://q/x'; transports = 'sqs' | SQS | false",
      })
  void reportsByWhatHasAnAddress(String lines, String transports, boolean queueAcknowledged) {
    ReportSettings report = Written.report(lines.replace("; ", "\n"));
    assertThat(report.transports().stream().map(TransportKind::name).toList())
        .isEqualTo(List.of(transports.split(",")));
    assertThat(report.queueAcknowledged()).isEqualTo(queueAcknowledged);
  }

  @Test
  void readsAServer() {
    Configuration configuration =
        Written.usable(
            """
            [server]
            address = "[::1]:0"
            admin_address = "localhost:9000"
            database_url = "jdbc:postgresql://db/webmon"
            database_user = "${USER_NAME}"
            database_password = "${PASSWORD}"
            queue_url = "http://elasticmq:9324/000000000000/reports"
            keys_file = "keys/server.jwks"
            public_url = "https://webmon.example.com/"
            """,
            Map.of("USER_NAME", "web", "PASSWORD", "p"));
    assertThat(configuration.server())
        .isEqualTo(
            new ServerSettings(
                new ListenAddress("::1", 0),
                new ListenAddress("localhost", 9000),
                new Secret("jdbc:postgresql://db/webmon"),
                "web",
                new Secret("p"),
                URI.create("http://elasticmq:9324/000000000000/reports"),
                Path.of("keys/server.jwks"),
                URI.create("https://webmon.example.com")));
    assertThat(new ListenAddress("::1", 80)).hasToString("[::1]:80");
  }

  @Test
  void numbersAndTruthMayComeByTheEnvironment() {
    WebPage page =
        Written.page(
            """
            url = "http://a"
            interval = "${INTERVAL}"
            timeout = "${TIMEOUT:2s}"
            failure_threshold = "${FAILURES}"
            enabled = "${ENABLED}"
            expected_status = "${STATUS}"
            quorum = "${QUORUM}"
            """,
            Map.of(
                "INTERVAL",
                "30",
                "FAILURES",
                "5",
                "ENABLED",
                "false",
                "STATUS",
                "204",
                "QUORUM",
                "3"));
    assertThat(page)
        .isEqualTo(
            WebPage.builder("http://a")
                .interval(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(2))
                .thresholds(5, 2)
                .enabled(false)
                .expectedStatus(new StatusRange(204, 204))
                .quorum("3")
                .build());
  }

  @Test
  void whoNeedsPagesOrAServerIsToldIfTheyAreNotThere() {
    Reading empty = Written.read("");
    assertThat(empty.needingPages().problems())
        .extracting(Problem::toString)
        .containsExactly(
            "test.toml: error: web_page: is missing, so there is nothing to watch: add a [[web_page]] with its url");
    assertThat(empty.needingPages()).isInstanceOf(Reading.Broken.class);
    assertThat(empty.needingServer()).isInstanceOf(Reading.Broken.class);
    Reading page = Written.read("[[web_page]]\nurl = 'http://a'");
    assertThat(page.needingPages()).isSameAs(page);
    Reading broken = Written.read("x");
    assertThat(broken.needingPages()).isSameAs(broken);
    assertThat(page.orComplaint().webPages()).hasSize(1);
  }

  @Test
  void complainsOfTheFirstErrorAndCountsTheOthers() {
    assertThatThrownBy(() -> Written.read("[[channel]]\n[a]").orComplaint())
        .isInstanceOf(Complaint.class)
        .hasMessageStartingWith("test.toml:2:1: error: a: is not known")
        .hasMessageNotContaining("more");
    assertThatThrownBy(() -> Written.read("a = 1\nb = 1").orComplaint())
        .hasMessageEndingWith("(and one more error: webmon validate -c test.toml shows both)");
    assertThatThrownBy(() -> Written.read("a = 1\nb = 1\nc = 1").orComplaint())
        .hasMessageEndingWith("(and 2 more errors: webmon validate -c test.toml shows them all)");
  }
}
