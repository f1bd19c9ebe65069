package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Draft;
import webmon.agent.resultlog.Drafts;
import webmon.agent.resultlog.HelloDraft;
import webmon.agent.resultlog.Intake;
import webmon.agent.resultlog.LogFolder;
import webmon.monitor.Sha256;
import webmon.report.VerificationKey;
import webmon.result.Status;

/** An agent without checks on a {@code data_dir}: results are what a test says. */
final class Rig implements AutoCloseable {
  static final long ROOMY = 1L << 30;

  private final Path dataDir;
  private final DataDirectory directory;
  private final Dispatch dispatch;
  private final Intake intake;
  private final Random random = new Random(7);
  private Instant at = InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);

  private Rig(Path dataDir, DataDirectory directory, Dispatch dispatch) {
    this.dataDir = dataDir;
    this.directory = directory;
    this.dispatch = dispatch;
    this.intake = new Intake(dispatch.log(), 100, dispatch::logged, line -> {});
  }

  /** Starts with a hello, sealing after 100 ms. */
  static Rig start(Path dataDir, FakeServer server, Routes routes) {
    Reports reports =
        new Reports(server.settings(Duration.ofMillis(100), Duration.ofMillis(300)), routes);
    return start(dataDir, server, reports, "here", ROOMY);
  }

  static Rig start(
      Path dataDir, FakeServer server, @Nullable Reports reports, String region, long maxDisk) {
    try {
      DataDirectory directory = DataDirectory.open(dataDir);
      Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime, new SecureRandom());
      AgentIdentity identity = AgentIdentity.of(dataDir, "a", clocks.random());
      server.knows(identity.key().publicKey());
      Dispatch dispatch = Dispatch.open(directory, identity, region, maxDisk, reports, clocks);
      Rig rig = new Rig(dataDir, directory, dispatch);
      dispatch.start(rig.intake, Rig::hello);
      rig.intake.take(hello());
      return rig;
    } catch (IOException | DataDirectoryInUseException e) {
      throw new AssertionError(e);
    }
  }

  static VerificationKey key(Path dataDir) throws IOException {
    return AgentIdentity.of(dataDir, "a", new SecureRandom()).key().publicKey();
  }

  private static List<Draft> hello() {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
    return HelloDraft.of(now, "test", List.of(Drafts.monitor("page")));
  }

  Rig up(int results) {
    return results(results, Status.UP, null);
  }

  /** Results that gzip cannot make much of. */
  Rig noisy(int results) {
    for (int i = 0; i < results; i++) {
      StringBuilder noise = new StringBuilder();
      random.ints(300, 33, 126).forEach(noise::appendCodePoint);
      results(1, Status.DOWN, noise.toString());
    }
    return this;
  }

  Rig results(int results, Status status, @Nullable String excerpt) {
    for (int i = 0; i < results; i++) {
      at = at.plusMillis(1);
      intake.take(List.of(Drafts.draft("page", at, status, excerpt)));
    }
    return this;
  }

  AgentStatus status() {
    try {
      return dispatch.status(intake);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void upkeep() {
    dispatch.upkeep(intake);
  }

  /** Until nothing waits any more and all is where it belongs. */
  Rig settled() {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> {
          AgentStatus status = status();
          assertThat(status.outstanding()).isZero();
          assertThat(status.sealed()).isEqualTo(status.tail());
          assertThat(status.counts().pending()).isZero();
          adds();
        });
    return this;
  }

  /** Each line is accounted for once. */
  void adds() {
    AgentStatus.Counts counts = status().counts();
    assertThat(counts.acknowledged() + counts.pending() + counts.refused() + counts.lost())
        .as(counts.toString())
        .isEqualTo(counts.carried() + counts.logged());
  }

  void outstanding(int reports) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(status().outstanding()).isGreaterThanOrEqualTo(reports));
  }

  /** What is in the log files of a folder, whoever wrote them. */
  static Set<FakeServer.Line> logged(Path dataDir) {
    Path log = dataDir.resolve("log");
    Set<FakeServer.Line> lines = new HashSet<>();
    try {
      for (String stream : LogFolder.streams(log)) {
        for (LogFolder.LogFile file : LogFolder.files(log, stream)) {
          long sequence = file.first();
          for (String line : Files.readAllLines(file.path())) {
            lines.add(
                new FakeServer.Line(
                    stream,
                    sequence++,
                    Sha256.hex(line.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** The folder as a kill at this moment would leave it, or a backup would have it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(
              path,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              java.nio.file.LinkOption.NOFOLLOW_LINKS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : new ArrayList<>(paths.toList()).reversed()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path dataDir() {
    return dataDir;
  }

  @Override
  public void close() {
    intake.close();
    try {
      dispatch.close(intake);
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
