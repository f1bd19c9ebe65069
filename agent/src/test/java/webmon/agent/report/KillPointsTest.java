package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.report.SigningKey;
import webmon.result.Origin;

/**
 * A kill leaves the files as they are at that moment: here they are copied at each point of the way
 * and opened again. Afterwards the server has every line of the log once.
 */
final class KillPointsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temp;

  @SuppressWarnings("NullAway.Init")
  private Path dataDir;

  @SuppressWarnings("NullAway.Init")
  private Path left;

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void choose() {
    dataDir = temp.resolve("agent");
    left = temp.resolve("left");
  }

  @Test
  void afterAppend() {
    try (Rig rig = Rig.start(dataDir, server, slow(), "here", Rig.ROOMY)) {
      rig.up(1).settled().up(5);
      kill(rig);
    }
    assertThat(server.lines()).hasSize(2);
    goesOn();
    assertThat(server.lines()).hasSize(10);
  }

  @Test
  void inTheMiddleOfALine() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, slow(), "here", Rig.ROOMY)) {
      rig.up(1).settled().up(2);
      kill(rig);
    }
    Path file = Files.readSymbolicLink(left.resolve("log/results.jsonl"));
    Files.writeString(
        left.resolve("log").resolve(file), "{\"@timestamp\"", StandardOpenOption.APPEND);
    goesOn();
  }

  @Test
  void afterSealBeforeRename() throws IOException {
    server.queueUp(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).outstanding(1);
      kill(rig);
    }
    Path outbox = left.resolve("outbox");
    Path report = newest(outbox);
    Files.move(report, outbox.resolve(report.getFileName() + ".tmp"));
    goesOn();
    assertThat(outbox).isEmptyDirectory();
  }

  @Test
  void afterRename() throws IOException {
    server.queueUp(false);
    String sealed;
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).outstanding(1);
      kill(rig);
      sealed = Files.readString(newest(left.resolve("outbox")));
    }
    goesOn();
    assertThat(server.arrivals()).contains(sealed);
  }

  @Test
  void afterSendingAndTheQueueIsLostToo() {
    server.delivering(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3);
      await().until(() -> server.queued() > 0);
      kill(rig);
    }
    server.loseQueue();
    server.delivering(true);
    goesOn();
  }

  @Test
  void afterTheServerHasItBeforeTheAcknowledgement() {
    server.serverUp(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3);
      await().until(() -> !server.lines().isEmpty());
      kill(rig);
    }
    goesOn();
  }

  @Test
  void afterTheAcknowledgementIsKeptBeforeTheFileIsGone() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
      kill(rig);
    }
    // The watermark is on the disk, and so is the file that it has ended.
    try (var files = Files.newDirectoryStream(left.resolve("acknowledged"), "*.jws")) {
      for (Path file : files) {
        Files.move(file, left.resolve("outbox").resolve(file.getFileName()));
      }
    }
    goesOn();
  }

  @Test
  void betweenTheWordOfANewStreamAndItsFirstLine() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
    }
    try (Rig rig = Rig.start(dataDir, server, reports(server), "there", Rig.ROOMY)) {
      rig.settled();
      kill(rig);
    }
    String stream = CurrentStream.read(left.resolve("stream")).orElseThrow().origin().stream();
    Rig.delete(left.resolve("log").resolve(stream));
    try (var files = Files.newDirectoryStream(left, "{outbox,acknowledged}")) {
      for (Path folder : files) {
        try (var reports = Files.newDirectoryStream(folder, stream + "*")) {
          for (Path report : reports) {
            Files.delete(report);
          }
        }
      }
    }
    FakeServer empty = new FakeServer();
    try (Rig rig = Rig.start(left, empty, reports(empty), "there", Rig.ROOMY)) {
      rig.settled();
      assertThat(rig.status().stream()).isEqualTo(stream);
      assertThat(empty.reports().getFirst().header().continues()).isNotNull();
    }
  }

  @Test
  void whileADroppedReportGivesWayToItsGap() throws IOException {
    server.queueUp(false);
    server.serverUp(false);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.noisy(400).outstanding(3);
      kill(rig);
      ReportName first = KeptReports.names(left.resolve("outbox")).getFirst();
      ReportName second = KeptReports.names(left.resolve("outbox")).get(1);
      Outbox outbox = Outbox.open(left.resolve("outbox"), left.resolve("acknowledged"));
      ReportName both = new ReportName(first.stream(), first.first(), second.last());
      sealer(outbox).gap(both, new Origin("a", both.stream(), "here"), null, null, null);
    }
    server.queueUp(true);
    server.serverUp(true);
    try (Rig rig = Rig.start(left, server, server.byQueue())) {
      rig.settled();
      assertThat(server.forked()).isFalse();
      assertThat(rig.status().contiguous()).isEqualTo(rig.status().tail());
    }
  }

  /**
   * Leaves the files as they are now; the one that goes on with its own reaches nobody any more.
   */
  private void kill(Rig rig) {
    Rig.copy(rig.dataDir(), left);
    server.queueUp(false);
    server.serverUp(false);
  }

  /** Opens what was left, lets it work, and balances. */
  private void goesOn() {
    server.queueUp(true);
    server.serverUp(true);
    try (Rig rig = Rig.start(left, server, server.byQueue())) {
      rig.up(2).settled();
      assertThat(server.lines()).doesNotHaveDuplicates();
      assertThat(new HashSet<>(server.lines())).isEqualTo(Rig.logged(left));
      assertThat(server.forked()).isFalse();
    }
  }

  private static Reports reports(FakeServer of) {
    return new Reports(of.settings(Duration.ofMillis(100), Duration.ofMillis(300)), of.byQueue());
  }

  private Sealer sealer(Outbox outbox) throws IOException {
    SigningKey key = AgentIdentity.of(left, "a", new SecureRandom()).key();
    InstantSource clock = InstantSource.system();
    ServerKeys keys =
        ServerKeys.of(server.settings(Duration.ZERO, Duration.ZERO).serverKeys(), true);
    ServerWord word = new ServerWord(FakeServer.DEPLOYMENT, "a", keys, clock);
    return new Sealer(
        key, FakeServer.DEPLOYMENT, FakeServer.DEPLOYMENT, outbox, new Ledger(), word, clock);
  }

  private Reports slow() {
    return new Reports(
        server.settings(Duration.ofHours(1), Duration.ofMinutes(5)), server.byQueue());
  }

  private static Path newest(Path outbox) throws IOException {
    return outbox.resolve(KeptReports.names(outbox).getLast().file());
  }
}
