package webmon.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import webmon.result.CheckResult;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Hello;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.Observation;
import webmon.result.Origin;
import webmon.result.Phases;
import webmon.result.Status;

@Timeout(30)
class LogCommandTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String FIRST_STREAM = "f".repeat(32);
  private static final String SECOND_STREAM = "0".repeat(32);

  @TempDir private Path dataDir;

  private Path segment(String stream, long first) {
    return dataDir
        .resolve("log")
        .resolve(stream)
        .resolve(String.format(Locale.ROOT, "%020d.jsonl", first));
  }

  private void write(Path segment, LogLine... lines) throws IOException {
    Files.createDirectories(segment.getParent());
    for (LogLine line : lines) {
      Files.write(
          segment, LineCodec.encode(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(segment, "\n", StandardOpenOption.APPEND);
    }
  }

  private static Origin origin(String stream) {
    return new Origin("agent-1", stream, "local");
  }

  private static CheckResult result(long sequence, String name, Status status) {
    Failure failure =
        status == Status.UP ? null : new Failure(FailureKind.HTTP_STATUS, "status 500, oh dear");
    Observation seen =
        new Observation(
            status,
            failure,
            Duration.ofMillis(120),
            Phases.NONE,
            status == Status.UP ? 200 : 500,
            10L,
            null,
            null,
            List.of(),
            null,
            null);
    Instant at = START.plusSeconds(sequence);
    return new CheckResult(
        origin(FIRST_STREAM),
        sequence,
        at,
        new CheckResult.MonitorName(name.toLowerCase(Locale.ROOT), name, "http"),
        "http://x/",
        at,
        at.plusSeconds(60),
        "0123456789abcdef",
        seen,
        1,
        false);
  }

  private CommandRun log(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = dataDir.toString();
    return CommandRun.of(new LogCommand(ZoneId.of("Europe/Helsinki")), all);
  }

  @Test
  void showsResultsInLocalTime() throws Exception {
    write(
        segment(FIRST_STREAM, 1),
        new Hello(origin(FIRST_STREAM), 1, START, "0.1.0", 1, 1, 1, List.of()),
        result(2, "Home", Status.UP),
        result(3, "Shop", Status.DOWN));

    assertThat(log().out())
        .isEqualTo(
            """
            2026-11-22 12:00:00  agent agent-1 of version 0.1.0 watches 0 pages
            2026-11-22 12:00:02  UP        200      120.0 ms  Home
            2026-11-22 12:00:03  DOWN      500      120.0 ms  Shop: status 500, oh dear
            """);
  }

  @Test
  void showsTheNewestOverSegmentsAndStreams() throws Exception {
    // The newer stream's name comes first in the alphabet.
    write(segment(FIRST_STREAM, 1), result(1, "A", Status.UP), result(2, "B", Status.UP));
    write(segment(FIRST_STREAM, 3), result(3, "C", Status.UP));
    write(segment(SECOND_STREAM, 1), result(4, "D", Status.UP));
    Files.setLastModifiedTime(segment(FIRST_STREAM, 3), FileTime.from(START));

    assertThat(log("-n", "3").out()).containsSubsequence("B\n", "C\n", "D\n").doesNotContain("A");
    assertThat(log("-n", "99").out().lines()).hasSize(4);
    assertThat(log("-n", "0").out()).isEmpty();
  }

  @Test
  void showsOnePageByIdOrName() throws Exception {
    write(
        segment(FIRST_STREAM, 1),
        result(1, "Home", Status.UP),
        result(2, "Shop", Status.UP),
        result(3, "Home", Status.DOWN));

    assertThat(log("home").out().lines()).hasSize(2).allMatch(line -> line.contains("Home"));
    assertThat(log("HOME", "-n", "1").out()).contains("DOWN");
    CommandRun none = log("hmoe");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("the log has no result of \"hmoe\"");
  }

  @Test
  void givesTheLinesAsTheyAre() throws Exception {
    write(segment(FIRST_STREAM, 1), result(1, "Home", Status.UP));
    assertThat(log("--json").out()).isEqualTo(Files.readString(segment(FIRST_STREAM, 1)));
  }

  @Test
  void waitsForTheEndOfALineAndStandsADamagedOne() throws Exception {
    Path segment = segment(FIRST_STREAM, 1);
    write(segment, result(1, "Home", Status.UP));
    Files.writeString(segment, "{damaged\n{\"half\":", StandardOpenOption.APPEND);

    assertThat(log().out())
        .contains("Home", "a line that cannot be read: not JSON")
        .doesNotContain("half");
  }

  @Test
  void followsOverTheEndOfASegment() throws Exception {
    Path first = segment(FIRST_STREAM, 1);
    write(first, result(1, "A", Status.UP));
    StringWriter out = new StringWriter();
    FutureTask<CommandRun> following =
        new FutureTask<>(() ->
            CommandRun.of(
                new LogCommand(ZoneId.of("UTC")),
                out,
                Ansi.OFF,
                "-f",
                "--data-dir",
                dataDir.toString()));
    Thread thread = Thread.ofPlatform().start(following);
    await().until(() -> out.toString().contains("A\n"));

    byte[] line = LineCodec.encode(result(2, "B", Status.UP));
    Files.write(first, java.util.Arrays.copyOf(line, 40), StandardOpenOption.APPEND);
    Files.write(
        first, java.util.Arrays.copyOfRange(line, 40, line.length), StandardOpenOption.APPEND);
    Files.writeString(first, "\n", StandardOpenOption.APPEND);
    await().until(() -> out.toString().contains("B\n"));
    write(first, result(3, "C", Status.UP));
    write(segment(FIRST_STREAM, 4), result(4, "D", Status.UP));
    await().until(() -> out.toString().contains("D\n"));
    write(segment(SECOND_STREAM, 1), result(5, "E", Status.UP));
    await().until(() -> out.toString().contains("E\n"));

    thread.interrupt();
    following.get();
    assertThat(out.toString().lines()).hasSize(5);
    assertThat(out.toString()).containsSubsequence("A\n", "B\n", "C\n", "D\n", "E\n");
  }

  @Test
  void saysWhereItLooked() {
    CommandRun run = log();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no result log in " + dataDir.resolve("log"), "--data-dir");
  }

  @Test
  void takesTheFolderFromTheFile() throws Exception {
    write(segment(FIRST_STREAM, 1), result(1, "Home", Status.UP));
    Path file = dataDir.resolve("agent.toml");
    Files.write(file, ("[agent]\ndata_dir = \"" + dataDir + "\"\n").getBytes(UTF_8));

    assertThat(CommandRun.of(new LogCommand(), "-c", file.toString()).out()).contains("Home");
  }
}
