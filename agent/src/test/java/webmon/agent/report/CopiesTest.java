package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.report.ReportHeader;

/**
 * Folders that are restored from older copies, cloned, or damaged: what the server says of such a
 * stream may be about somebody else's lines.
 */
final class CopiesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temp;

  @SuppressWarnings("NullAway.Init")
  private Path dataDir;

  @SuppressWarnings("NullAway.Init")
  private Path copy;

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void choose() {
    dataDir = temp.resolve("agent");
    copy = temp.resolve("copy");
  }

  @Test
  void aRestoredFolderBeginsANewStreamBeforeItsFirstLine() {
    Set<FakeServer.Line> logged = new HashSet<>();
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
      Rig.copy(dataDir, copy);
      rig.up(5).settled();
    }
    logged.addAll(Rig.logged(dataDir));
    try (Rig rig = Rig.start(copy, server, server.byQueue())) {
      rig.up(4).settled();
      arrivedOnce(logged);
      assertThat(server.forked()).isFalse();
      ReportHeader first = headersOf(rig.status().stream()).getFirst();
      assertThat(first.first()).isEqualTo(1);
      assertThat(first.continues()).isNotNull();
    }
  }

  @Test
  void aRestoredFolderThatCannotAskForksAndLosesNothing() throws IOException {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
      Rig.copy(dataDir, copy);
      rig.up(5).settled();
    }
    Set<FakeServer.Line> logged = new HashSet<>(Rig.logged(dataDir));
    server.serverUp(false);
    server.queueUp(false);
    try (Rig rig = Rig.start(copy, server, server.byQueue())) {
      // As many as the server has: its ranges cover them all, and mean others.
      rig.up(2).outstanding(1);
      server.queueUp(true);
      server.loseQueue();
      server.serverUp(true);
      rig.up(1).settled();
      arrivedOnce(logged);
      assertThat(server.forked()).isTrue();
      rig.up(3).settled();
      arrivedOnce(logged);
      assertThat(server.reports().getLast().header().stream()).isEqualTo(rig.status().stream());
      assertThat(streams(copy)).isEqualTo(2);
    }
  }

  @Test
  void contestedReportsEndByTheirOwnAnswerOnlyThoughTheQueueSwallowsThem() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
      Rig.copy(dataDir, copy);
      rig.up(8).settled();
    }
    Set<FakeServer.Line> logged = new HashSet<>(Rig.logged(dataDir));
    server.serverUp(false);
    server.delivering(false);
    try (Rig rig = Rig.start(copy, server, server.byQueue())) {
      rig.up(2).outstanding(1);
      await().until(() -> server.queued() > 0);
      // The queue took them and lost them; the server then speaks of what it has of the former
      // life.
      server.loseQueue();
      server.delivering(true);
      server.serverUp(true);
      rig.settled();
      arrivedOnce(logged);
    }
  }

  @Test
  void twoClonesAtOnceLoseNothing() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
    }
    Rig.copy(dataDir, copy);
    try (Rig one = Rig.start(dataDir, server, server.byQueue());
        Rig two = Rig.start(copy, server, server.byQueue())) {
      for (int i = 0; i < 5; i++) {
        one.up(3).outstanding(0);
        two.up(2);
        one.settled();
        two.settled();
      }
      arrivedOnce(Rig.logged(dataDir));
      assertThat(one.status().stream()).isNotEqualTo(two.status().stream());
    }
  }

  @Test
  void whatARangeEndedIsSentOnceMoreWhenTheStreamTurnsOutToBeContested() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(3).settled();
    }
    Rig.copy(dataDir, copy);
    try (Rig one = Rig.start(dataDir, server, server.byQueue())) {
      one.settled();
      server.serverUp(false);
      server.delivering(false);
      Reports patient =
          new Reports(
              server.settings(Duration.ofMillis(100), Duration.ofMinutes(5)), server.byQueue());
      try (Rig two = Rig.start(copy, server, patient, "here", Rig.ROOMY)) {
        // Its hello has the same sequence as that of the first one; the queue swallows it.
        await().until(() -> server.queued() > 0);
        server.loseQueue();
        server.delivering(true);
        server.serverUp(true);
        two.settled();
        assertThat(server.lines()).hasSize(5);

        one.up(4).settled();
        two.up(1).settled();
        arrivedOnce(Rig.logged(dataDir));
      }
    }
  }

  @Test
  void aDamagedLogBeginsANewStreamAndDeclaresWhatIsGone() throws IOException {
    Reports slow =
        new Reports(server.settings(Duration.ofHours(1), Duration.ofMinutes(5)), server.byQueue());
    try (Rig rig = Rig.start(dataDir, server, slow, "here", Rig.ROOMY)) {
      rig.up(1).settled().up(6);
      Rig.copy(dataDir, copy);
      server.queueUp(false);
    }
    server.queueUp(true);
    Path file =
        copy.resolve("log").resolve(Files.readSymbolicLink(copy.resolve("log/results.jsonl")));
    List<String> lines = Files.readAllLines(file);
    lines.set(4, lines.get(4).substring(20));
    Files.write(file, lines);

    try (Rig rig = Rig.start(copy, server, server.byQueue())) {
      rig.up(2).settled();
      assertThat(rig.status().counts().lost()).isEqualTo(1);
      assertThat(streams(copy)).isEqualTo(2);
      List<ReportHeader> former = headersOf(server.reports().getFirst().header().stream());
      assertThat(former)
          .filteredOn(header -> header.kind() == ReportHeader.Kind.GAP)
          .singleElement()
          .satisfies(gap -> assertThat(gap.first()).isEqualTo(5));
      assertThat(former.stream().mapToLong(ReportHeader::last).max()).hasValue(8);
      assertThat(server.lines()).hasSize(7 + 3);
    }
  }

  @Test
  void anotherRegionOrServerBeginsANewStream() {
    String first;
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(1).settled();
      first = rig.status().stream();
    }
    Reports reports =
        new Reports(
            server.settings(Duration.ofMillis(100), Duration.ofMillis(300)), server.byQueue());
    try (Rig rig = Rig.start(dataDir, server, reports, "there", Rig.ROOMY)) {
      rig.up(1).settled();
      assertThat(rig.status().stream()).isNotEqualTo(first);
      assertThat(headersOf(first)).extracting(ReportHeader::region).containsOnly("here");
      assertThat(headersOf(rig.status().stream()))
          .extracting(ReportHeader::region)
          .containsOnly("there");
    }
  }

  @Test
  void aLostFolderIsANewStreamThatContinuesNothing() {
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(1).settled();
    }
    Rig.delete(dataDir);
    try (Rig rig = Rig.start(dataDir, server, server.byQueue())) {
      rig.up(1).settled();
      assertThat(headersOf(rig.status().stream()).getFirst().continues()).isNull();
    }
  }

  private List<ReportHeader> headersOf(String stream) {
    return server.reports().stream()
        .map(report -> report.header())
        .filter(header -> header.stream().equals(stream))
        .toList();
  }

  private static int streams(Path folder) throws IOException {
    return webmon.agent.resultlog.LogFolder.streams(folder.resolve("log")).size();
  }

  /** The lines of both lives. */
  private void arrivedOnce(Set<FakeServer.Line> ofTheOther) {
    Set<FakeServer.Line> logged = new HashSet<>(ofTheOther);
    logged.addAll(Rig.logged(copy));
    assertThat(server.lines()).doesNotHaveDuplicates();
    assertThat(new HashSet<>(server.lines())).isEqualTo(logged);
  }
}
