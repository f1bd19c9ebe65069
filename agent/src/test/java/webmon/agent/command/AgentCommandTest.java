package webmon.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.agent.Agent;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.Masking;
import webmon.configuration.WebPage;
import webmon.report.VerificationKey;

/** What stands beside a {@code data_dir}. */
final class AgentCommandTest {
  private static final String STREAM = "0123456789abcdef0123456789abcdef";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temp;

  @Test
  void printsTheSamePublicKeyEachTimeAndNothingElse() throws IOException {
    CommandRun first = agent("key", "--data-dir", temp.toString());
    assertThat(first.exit()).isZero();
    VerificationKey key = VerificationKey.ofJwk(first.out());
    assertThat(first.out().lines()).hasSize(1);
    assertThat(first.out()).doesNotContain("\"d\"").contains("\"use\":\"sig\"").contains(key.kid());
    assertThat(agent("key", "--data-dir", temp.toString()).out()).isEqualTo(first.out());
    Path file = temp.resolve("keys/key.jwk");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void findsTheDataDirInTheConfigurationAndKeepsItsId() throws IOException {
    Path config = temp.resolve("config.toml");
    Path dataDir = temp.resolve("data");
    Files.writeString(config, "[agent]\nid = \"north\"\ndata_dir = \"%s\"\n".formatted(dataDir));
    assertThat(agent("key", "-c", config.toString()).exit()).isZero();
    assertThat(dataDir.resolve("agent-id")).hasContent("north");
  }

  @Test
  void saysWhereNoAgentHasRun() {
    CommandRun run = agent("status", "--data-dir", temp.resolve("none").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no agent has run in").contains("--data-dir");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void saysHowARunningAgentStandsAndThatItHasStopped() throws Exception {
    Configuration configuration =
        new Configuration(
            new AgentSettings("north", "here", temp, 1L << 30),
            null,
            null,
            List.of(WebPage.builder("http://127.0.0.1:9/").name("page").build()),
            Masking.NONE);
    try (Agent running = Agent.start(configuration, result -> {})) {
      org.awaitility.Awaitility.await().until(() -> Files.exists(temp.resolve("status.json")));
      CommandRun run = agent("status", "--data-dir", temp.toString());
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .contains("north, running")
          .contains("log-only")
          .contains(running.status().stream());
    }
    assertThat(agent("status", "--data-dir", temp.toString()).out()).contains("not running");
  }

  @Test
  void saysNoWhereReportsWaitForLong() throws IOException {
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    Files.writeString(
        temp.resolve("stream"),
        "{\"stream\":\"%s\",\"agent\":\"a\",\"region\":\"here\",\"deployment\":\"%s\"}"
            .formatted(STREAM, STREAM));
    Path outbox = Files.createDirectories(temp.resolve("outbox"));
    Path report = Files.writeString(outbox.resolve(STREAM + "-1-7.jws"), "a.b.c");

    Files.setLastModifiedTime(report, FileTime.from(now.minus(Duration.ofMinutes(10))));
    CommandRun soon = status(now);
    assertThat(soon.exit()).isZero();
    assertThat(soon.out()).contains("1 report").contains("up to sequence 7").contains("never");

    Files.setLastModifiedTime(report, FileTime.from(now.minus(Duration.ofMinutes(20))));
    assertThat(status(now).exit()).isEqualTo(1);
  }

  private CommandRun status(Instant now) {
    return CommandRun.of(
        new StatusCommand(InstantSource.fixed(now)), "--data-dir", temp.toString());
  }

  @Test
  void putsKeptReportsBackAndSaysWhatIsNotKept() throws IOException {
    Files.writeString(
        temp.resolve("stream"),
        "{\"stream\":\"%s\",\"agent\":\"a\",\"region\":\"here\"}".formatted(STREAM));
    Files.createDirectories(temp.resolve("outbox"));
    Path kept = Files.createDirectories(temp.resolve("acknowledged"));
    Files.writeString(kept.resolve(STREAM + "-1-3.jws"), "a.b.c");
    Files.writeString(kept.resolve(STREAM + "-4-6.jws"), "d.e.f");
    Files.writeString(kept.resolve(STREAM + "-7-9.jws"), "g.h.i");

    CommandRun run = resend("2", "5");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("2 reports");
    assertThat(temp.resolve("outbox").resolve(STREAM + "-1-3.jws")).hasContent("a.b.c");
    assertThat(kept.resolve(STREAM + "-7-9.jws")).exists();

    CommandRun beyond = resend("8", "12");
    assertThat(beyond.exit()).isEqualTo(1);
    assertThat(beyond.err()).contains("sequence 10 is not kept any more");
    assertThat(resend("3", "2").exit()).isEqualTo(2);
  }

  private CommandRun resend(String from, String to) {
    return agent("resend", "--from", from, "--to", to, "--data-dir", temp.toString());
  }

  @Test
  void asksWhichVerbWasMeant() {
    CommandRun run = agent();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("run, key, status or resend");
  }

  @Test
  void aBrokenConfigurationIsOneSentence() {
    CommandRun run = agent("run", "-c", temp.resolve("none.toml").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("does not exist").doesNotContain("Exception");
  }

  private static CommandRun agent(String... arguments) {
    return CommandRun.of(new AgentCommand(), arguments);
  }
}
