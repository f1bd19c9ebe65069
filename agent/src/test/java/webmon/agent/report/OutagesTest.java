package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.report.ReportHeader;

/** Queue, server, database or disk fail the agent for a while. */
final class OutagesTest {
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

  private void arrivedOnce() {
    assertThat(server.lines()).doesNotHaveDuplicates();
    assertThat(new HashSet<>(server.lines())).isEqualTo(Rig.logged(dataDir));
  }
}
