package webmon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.agent.AgentNotStartedException.Blame;
import webmon.agent.report.AgentStatus;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.Masking;
import webmon.configuration.ReportSettings;
import webmon.configuration.Secret;
import webmon.configuration.TransportKind;
import webmon.configuration.WebPage;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;
import webmon.result.CheckResult;
import webmon.result.Status;

/** The whole agent against a real page; what becomes of its reports is tested beside them. */
final class AgentTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temp;

  private final MockWebServer site = new MockWebServer();
  private final Queue<CheckResult> seen = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(200).body("Welcome").build();
          }
        });
    site.start();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void checksLogsAndTells() throws Exception {
    try (Agent agent = Agent.start(configuration(temp, null), seen::add)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> seen.size() >= 3);
      AgentStatus status = agent.status();
      assertThat(status.mode()).isEqualTo(AgentStatus.Mode.LOG_ONLY);
      assertThat(status.tail()).isGreaterThanOrEqualTo(4);
      await().until(() -> Files.exists(temp.resolve("status.json")));
    }
    assertThat(seen).extracting(CheckResult::status).containsOnly(Status.UP);
    assertThat(seen).extracting(CheckResult::sequence).doesNotHaveDuplicates();
    List<String> lines = Files.readAllLines(temp.resolve("log/results.jsonl"));
    assertThat(lines).hasSize(seen.size() + 1);
    assertThat(lines.getFirst()).contains("webmon.hello").contains("\"id\":\"page\"");
  }

  @Test
  void aListenerThatFailsDoesNotHurt() throws Exception {
    try (Agent agent =
        Agent.start(
            configuration(temp, null),
            result -> {
              seen.add(result);
              throw new IllegalStateException("a listener that fails");
            })) {
      await().atMost(Duration.ofSeconds(10)).until(() -> seen.size() >= 2);
      assertThat(agent.status().tail()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void keepsItsReportsWhereNobodyAnswersAndEndsWithinFiveSeconds() throws Exception {
    ReportSettings nowhere = report(List.of(TransportKind.SQS, TransportKind.HTTPS), "wm_1_x");
    Agent agent = Agent.start(configuration(temp, nowhere), seen::add);
    await().atMost(Duration.ofSeconds(10)).until(() -> agent.status().outstanding() > 0);
    long start = System.nanoTime();
    agent.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    try (var files = Files.list(temp.resolve("outbox"))) {
      assertThat(files).isNotEmpty();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("webmon-reporter", "webmon-upkeep", "webmon-schedule");
  }

  @Test
  void aFolderThatIsTakenIsWrongUse() throws Exception {
    try (Agent agent = Agent.start(configuration(temp, null), seen::add)) {
      assertThat(agent.status().agent()).isEqualTo("a");
      assertThatThrownBy(() -> Agent.start(configuration(temp, null), seen::add))
          .isInstanceOfSatisfying(
              AgentNotStartedException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USE))
          .hasMessageContaining("is in use by process");
    }
    Agent.start(configuration(temp, null), seen::add).close();
  }

  @Test
  void aFolderThatCannotBeWrittenIsTheMachines() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> Agent.start(configuration(file, null), seen::add))
        .isInstanceOfSatisfying(
            AgentNotStartedException.class, e -> assertThat(e.exitCode()).isEqualTo(3))
        .hasMessageContaining(file.toString());
  }

  @Test
  void keysThatAreNoneAreWrongUseAndLeaveTheFolderFree() throws Exception {
    ReportSettings wrong =
        new ReportSettings(
            List.of(TransportKind.SQS),
            URI.create("http://127.0.0.1:9/000000000000/q"),
            null,
            null,
            "00112233445566778899aabbccddeeff",
            List.of("{\"kty\":\"OKP\",\"use\":\"sig\"}"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));
    assertThatThrownBy(() -> Agent.start(configuration(temp, wrong), seen::add))
        .isInstanceOfSatisfying(
            AgentNotStartedException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
    Agent.start(configuration(temp, null), seen::add).close();
  }

  private static ReportSettings report(List<TransportKind> transports, String apiKey) {
    return new ReportSettings(
        transports,
        URI.create("http://127.0.0.1:9/000000000000/q"),
        URI.create("http://127.0.0.1:9"),
        new Secret(apiKey),
        "00112233445566778899aabbccddeeff",
        List.of(
            SigningKey.generate().publicKey().jwk(), DecryptionKey.generate().publicKey().jwk()),
        Duration.ofMillis(200),
        Duration.ofSeconds(30));
  }

  private Configuration configuration(Path dataDir, @Nullable ReportSettings report) {
    WebPage page =
        WebPage.builder(site.url("/").toString())
            .name("page")
            .interval(Duration.ofSeconds(1))
            .retryInterval(Duration.ofSeconds(1))
            .timeout(Duration.ofSeconds(1))
            .build();
    return new Configuration(
        new AgentSettings("a", "here", dataDir, 1L << 30),
        report,
        null,
        List.of(page),
        Masking.NONE);
  }
}
