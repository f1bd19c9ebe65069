package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.report.Report;

/** The way from the log to the acknowledgement. */
final class DispatchTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temp;

  @SuppressWarnings("NullAway.Init")
  private Path dataDir;

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void choose() {
    dataDir = temp.resolve("agent");
  }

  @Test
  void everyLineArrivesOnceByQueue() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(20).settled().up(5).settled();
      arrivedOnce();
      assertThat(rig.status().contiguous()).isEqualTo(26);
      assertThat(rig.status().clockOffset())
          .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
    }
    assertThat(outbox()).isEmpty();
  }

  @Test
  void everyLineArrivesOnceByHttps() {
    try (Rig rig = Rig.start(dataDir, server, server.byHttps())) {
      rig.up(20).settled();
      arrivedOnce();
    }
  }

  @Test
  void reportsAreAChainWithoutHoles() {
    for (int boot = 0; boot < 3; boot++) {
      try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
        rig.up(3).settled().up(3).settled();
      }
    }
    List<Report> reports = server.reports();
    assertThat(reports).hasSizeGreaterThan(3);
    long next = 1;
    for (Report report : reports) {
      assertThat(report.header().first()).isEqualTo(next);
      next = report.header().last() + 1;
    }
    assertThat(reports.getFirst().header().previous()).isNull();
    assertThat(reports.subList(1, reports.size()))
        .allSatisfy(report -> assertThat(report.header().previous()).hasSize(64));
    assertThat(new HashSet<>(reports.stream().map(report -> report.header().previous()).toList()))
        .hasSize(reports.size());
    assertThat(reports.stream().map(report -> report.header().stream()).distinct()).hasSize(1);
    assertThat(reports.stream().map(report -> report.header().boot()).distinct()).hasSize(3);
  }

  @Test
  void queueAcceptanceEndsAReportWhereThereIsNoServer() {
    server.delivering(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueueAlone())) {
      rig.up(5).settled();
      assertThat(rig.status().mode()).isEqualTo(AgentStatus.Mode.QUEUE_ACKNOWLEDGED);
      assertThat(rig.status().lastAcknowledged()).isNotNull();
    }
    server.deliver();
    arrivedOnce();
  }

  @Test
  void acceptanceEndsNothingWhereThereIsAServer() {
    server.delivering(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(5);
      await().until(() -> server.queued() > 0);
      server.loseQueue();
      server.delivering(true);
      rig.settled();
      arrivedOnce();
    }
  }

  @Test
  void refusedLinesEndAndAreCounted() {
    server.refuse(header -> header.first() > 1);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.settled().up(7).settled();
      assertThat(rig.status().counts().refused()).isEqualTo(7);
    }
  }

  @Test
  void aResentReportArrivesAsItWas() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(5).settled();
      List<String> before = server.arrivals();
      Resending.Done done = Resending.of(dataDir, null, 1, 6);
      assertThat(done.firstMissing()).isZero();
      assertThat(done.reports()).isPositive();
      rig.upkeep();
      rig.settled();
      assertThat(server.arrivals().size()).isGreaterThan(before.size());
      assertThat(new HashSet<>(server.arrivals())).isEqualTo(new HashSet<>(before));
      arrivedOnce();
      assertThat(server.forked()).isFalse();
    }
  }

  @Test
  void aResendSaysWhatIsNotKept() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(5).settled();
    }
    assertThat(Resending.of(dataDir, null, 4, 9).firstMissing()).isEqualTo(7);
    assertThat(Resending.of(temp.resolve("none"), null, 1, 2).stream()).isNull();
  }

  @Test
  void logsOnlyWhereNothingIsReportedAndReportsAllOfItLater() {
    try (Rig rig = Rig.start(dataDir, server, null, "here", Rig.ROOMY)) {
      rig.up(5);
      assertThat(rig.status().mode()).isEqualTo(AgentStatus.Mode.LOG_ONLY);
      assertThat(rig.status().tail()).isEqualTo(6);
    }
    assertThat(outbox()).isEmpty();
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.settled();
      arrivedOnce();
    }
  }

  @Test
  void anotherProcessCannotHaveTheFolder() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(1);
      assertThatThrownBy(() -> DataDirectory.open(dataDir))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining("is in use by process");
    }
  }

  @Test
  void sealsAndSendsWhatIsLoggedBeforeItEnds() {
    Reports slow =
        new Reports(server.settings(Duration.ofHours(1), Duration.ofMinutes(5)), server.byQueue());
    try (Rig rig = Rig.start(dataDir, server, slow, "here", Rig.ROOMY)) {
      rig.up(5);
    }
    arrivedOnce();
  }

  private void arrivedOnce() {
    assertThat(server.lines()).doesNotHaveDuplicates();
    assertThat(new HashSet<>(server.lines())).isEqualTo(Rig.logged(dataDir));
  }

  private List<String> outbox() {
    try (var files = Files.list(dataDir.resolve("outbox"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
