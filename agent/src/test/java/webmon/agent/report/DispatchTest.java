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
import webmon.report.ReportHeader;

/** The way from the log to the acknowledgement, when all is well and when something is away. */
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
  void theNextTransportTakesOverAndTheFirstIsTakenAgain() {
    server.queueUp(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueueThenHttps())) {
      rig.up(5).settled();
      arrivedOnce();
      server.queueUp(true);
      server.delivering(false);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            rig.up(1);
            return server.queued() > 0;
          });
      server.delivering(true);
      rig.settled();
      arrivedOnce();
    }
  }

  @Test
  void nothingIsLostWhenEverythingIsAwayForAWhile() {
    server.queueUp(false);
    server.serverUp(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueueThenHttps())) {
      for (int i = 0; i < 4; i++) {
        int reports = i + 1;
        rig.up(2).outstanding(reports);
      }
      server.serverUp(true);
      rig.settled();
      arrivedOnce();
      // The newest first, then the oldest.
      assertThat(server.reports().getFirst().header().first()).isGreaterThan(1);
      assertThat(server.reports().get(1).header().first()).isEqualTo(1);
    }
  }

  @Test
  void aPortalsTwoHundredEndsNothing() {
    server.portal(true);
    try (Rig rig = Rig.start(dataDir, server, server.byHttps())) {
      rig.up(5).outstanding(1);
      assertThat(rig.status().counts().acknowledged()).isZero();
      server.portal(false);
      rig.settled();
      arrivedOnce();
    }
  }

  @Test
  void anAnswerOfAnotherServerEndsNothing() {
    FakeServer other = new FakeServer();
    Reports mixed =
        new Reports(
            server.settings(Duration.ofMillis(100), Duration.ofMillis(300)),
            new Routes(server.byQueue().transports(), null, other.asks(), Duration.ofMillis(50)));
    try (Rig rig = Rig.start(dataDir, server, mixed, "here", Rig.ROOMY)) {
      rig.up(5);
      await().until(() -> !server.lines().isEmpty());
      rig.outstanding(1);
      assertThat(rig.status().counts().acknowledged()).isZero();
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
  void aRestoredDatabaseGetsAgainWhatItLacks() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(5).settled().up(5).settled();
      server.loseStore(true);
      rig.up(1).settled();
      arrivedOnce();
    }
  }

  @Test
  void alsoWhereOnlyItsContiguousFellBack() {
    try (Rig rig = Rig.start(dataDir, server, server.byHttps())) {
      rig.up(5).settled().up(5).settled();
      server.loseStore(false);
      rig.up(1).settled();
      arrivedOnce();
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
  void boundsTheDiskAndDeclaresWhatItDrops() {
    server.queueUp(false);
    server.serverUp(false);
    Reports reports =
        new Reports(
            server.settings(Duration.ofMillis(100), Duration.ofSeconds(30)), server.byQueue());
    try (Rig rig = Rig.start(dataDir, server, reports, "here", 200_000)) {
      for (int i = 0; i < 30; i++) {
        rig.noisy(30).outstanding(1);
        rig.upkeep();
      }
      await()
          .untilAsserted(() -> {
            rig.upkeep();
            assertThat(rig.status().diskBytes()).isLessThan(260_000);
            assertThat(rig.status().counts().lost()).isPositive();
          });
      server.queueUp(true);
      server.serverUp(true);
      rig.settled();
      long lost = rig.status().counts().lost();
      assertThat(server.lines()).hasSize((int) (901 - lost));
      assertThat(
              server.reports().stream()
                  .filter(report -> report.header().kind() == ReportHeader.Kind.GAP)
                  .mapToLong(report -> report.header().last() - report.header().first() + 1)
                  .sum())
          .isEqualTo(lost);
      assertThat(rig.status().contiguous()).isEqualTo(901);
      assertThat(server.forked()).isFalse();
    }
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
