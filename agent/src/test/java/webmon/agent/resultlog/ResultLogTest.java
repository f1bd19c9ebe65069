package webmon.agent.resultlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static webmon.agent.resultlog.Drafts.NOON;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.result.CheckResult;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.MalformedLineException;
import webmon.result.Origin;

final class ResultLogTest {
  private static final Origin ORIGIN = new Origin("a", "0123456789abcdef0123456789abcdef", "here");
  private static final long MEGABYTE = 1024 * 1024;

  @TempDir private Path log;

  @Test
  void numbersLinesFromOneAndGoesOnAfterReopening() throws IOException {
    try (ResultLog first = open(0)) {
      assertThat(append(first, 3)).containsExactly(1L, 2L, 3L);
    }
    try (ResultLog second = open(0)) {
      assertThat(second.tail()).isEqualTo(3);
      assertThat(append(second, 2)).containsExactly(4L, 5L);
      assertThat(sequences(second.read(1, 5, 100, 1 << 20))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void neverFallsBehindWhatIsSealed() throws IOException {
    try (ResultLog first = open(0)) {
      append(first, 3);
    }
    // The power failed: the reports are there, the last lines of the log are not.
    try (ResultLog second = open(10)) {
      assertThat(append(second, 1)).containsExactly(11L);
      assertThat(sequences(second.read(11, 11, 10, 1 << 20))).containsExactly(11L);
    }
    assertThat(LogFolder.files(log, ORIGIN.stream())).hasSize(2);
    assertThat(StreamLog.open(log, ORIGIN.stream(), 11).damage()).isNull();
  }

  @Test
  void cutsALineThatWasNeverFinished() throws IOException {
    try (ResultLog first = open(0)) {
      append(first, 2);
    }
    Path file = LogFolder.path(log, ORIGIN.stream(), 1);
    long whole = Files.size(file);
    Files.writeString(file, "{\"@timestamp\":\"2026-", StandardOpenOption.APPEND);

    try (ResultLog second = open(0)) {
      assertThat(Files.size(file)).isEqualTo(whole);
      assertThat(append(second, 1)).containsExactly(3L);
    }
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void rollsBySizeAndLinksTheNewest() throws IOException {
    try (ResultLog rolling = ResultLog.open(log, ORIGIN, lines(1), 0, 2_000)) {
      append(rolling, 10);
      assertThat(LogFolder.files(log, ORIGIN.stream())).hasSizeGreaterThan(3);
      long last = LogFolder.files(log, ORIGIN.stream()).getLast().first();
      Path link = log.resolve("results.jsonl");
      assertThat(Files.readSymbolicLink(link))
          .isEqualTo(Path.of(ORIGIN.stream(), "%020d.jsonl".formatted(last)));
      assertThat(Files.readAllLines(link).getFirst()).contains("\"sequence\":" + last);
      Chunk chunk = rolling.read(1, 10, 100, 1 << 20);
      assertThat(sequences(chunk)).startsWith(1L).doesNotContain(10L);
      assertThat(sequences(rolling.read(10, 10, 100, 1 << 20))).containsExactly(10L);
    }
  }

  @Test
  void readsNoMoreThanAskedForAndAtLeastOneLine() throws IOException {
    try (ResultLog opened = open(0)) {
      append(opened, 200);
      assertThat(sequences(opened.read(70, 200, 3, 1 << 20))).containsExactly(70L, 71L, 72L);
      assertThat(sequences(opened.read(130, 131, 100, 1 << 20))).containsExactly(130L, 131L);
      assertThat(sequences(opened.read(5, 200, 100, 1))).containsExactly(5L);
    }
  }

  @Test
  void letsTheTimesOfAMonitorGrowWhenTheClockGoesBack() throws IOException {
    try (ResultLog opened = open(0)) {
      opened.append(Drafts.up("page", NOON));
      CheckResult stepped = check(opened.append(Drafts.up("page", NOON.minusSeconds(60))));
      assertThat(stepped.at()).isEqualTo(NOON.plusNanos(1_000));
      assertThat(stepped.clockStepped()).isTrue();
      assertThat(stepped.until()).isEqualTo(stepped.at().plusSeconds(60));
      assertThat(stepped.dueAt()).isEqualTo(NOON.minusSeconds(60));
      assertThat(check(opened.append(Drafts.up("other", NOON.minusSeconds(60)))).clockStepped())
          .isFalse();
      assertThat(check(opened.append(Drafts.up("page", NOON.plusSeconds(1)))).clockStepped())
          .isFalse();
    }
  }

  @Test
  void remembersTheTimesOfAMonitorOverARestart() throws IOException {
    try (ResultLog first = open(0)) {
      first.append(Drafts.up("page", NOON));
    }
    try (ResultLog second = open(0)) {
      CheckResult stepped =
          check(second.append(Drafts.up("page", NOON.minus(Duration.ofHours(1)))));
      assertThat(stepped.at()).isEqualTo(NOON.plusNanos(1_000));
      assertThat(stepped.clockStepped()).isTrue();
    }
  }

  @Test
  void aFailedAppendGivesNoNumberAndLeavesNothingBehind() throws IOException {
    Path folder = log.resolve(ORIGIN.stream());
    Files.createDirectories(log);
    Files.writeString(folder, "a file where the folder belongs");
    try (ResultLog opened = open(0)) {
      assertThatThrownBy(() -> opened.append(Drafts.up("page", NOON)))
          .isInstanceOf(IOException.class);
      Files.delete(folder);
      assertThat(append(opened, 1)).containsExactly(1L);
    }
  }

  @Test
  void tellsDamageInTheMiddleAndReadsAroundIt() throws IOException {
    try (ResultLog first = open(0)) {
      append(first, 5);
    }
    Path file = LogFolder.path(log, ORIGIN.stream(), 1);
    List<String> text = Files.readAllLines(file);
    text.set(2, "{\"@timestamp\":7}");
    Files.write(file, text);

    StreamLog damaged = StreamLog.open(log, ORIGIN.stream(), 1);

    assertThat(damaged.damage()).contains("behind sequence 2");
    assertThat(damaged.tail()).isEqualTo(5);
    assertThat(sequences(damaged.read(1, 5, 100, 1 << 20))).containsExactly(1L, 2L);
    assertThat(damaged.read(3, 5, 100, 1 << 20)).isEqualTo(new Chunk(3, 3, List.of()));
    assertThat(sequences(damaged.read(4, 5, 100, 1 << 20))).containsExactly(4L, 5L);
  }

  @Test
  void countsWhatWasInADeletedFileAsLost() throws IOException {
    try (ResultLog rolling = ResultLog.open(log, ORIGIN, lines(1), 0, 2_000)) {
      append(rolling, 10);
      LogFolder.LogFile first = LogFolder.files(log, ORIGIN.stream()).getFirst();
      Files.delete(first.path());
      Chunk lost = rolling.read(1, 10, 100, 1 << 20);
      assertThat(lost.lost()).isTrue();
      assertThat(lost.last()).isEqualTo(first.before() - 1);
    }
  }

  @Test
  void beginsANewStreamAtOneAfterWordOfItIsKept() throws IOException {
    Origin other = new Origin("a", "fedcba9876543210fedcba9876543210", "here");
    try (ResultLog opened = open(0)) {
      append(opened, 4);
      assertThatThrownBy(() ->
              opened.begin(
                  other,
                  tail -> {
                    throw new IOException("the disk is full");
                  }))
          .isInstanceOf(IOException.class);
      assertThat(append(opened, 1)).containsExactly(5L);
      long[] former = new long[1];
      opened.begin(other, tail -> former[0] = tail);
      assertThat(former[0]).isEqualTo(5);
      assertThat(append(opened, 2)).containsExactly(1L, 2L);
      assertThat(opened.origin()).isEqualTo(other);
    }
    assertThat(StreamLog.open(log, ORIGIN.stream(), 1).tail()).isEqualTo(5);
    assertThat(StreamLog.open(log, other.stream(), 1).tail()).isEqualTo(2);
  }

  /** A power cut leaves any beginning of the file. */
  @Property(tries = 30)
  void goesOnBehindTheLastWholeLineWhereverTheFileEnds(
      @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("cut");
    try (ResultLog first =
        ResultLog.open(folder, ORIGIN, StreamLog.empty(ORIGIN.stream()), 0, MEGABYTE)) {
      append(first, 12);
    }
    Path file = LogFolder.path(folder, ORIGIN.stream(), 1);
    byte[] bytes = Files.readAllBytes(file);
    int size = (int) (bytes.length * (long) percent / 100);
    size = Math.clamp(size + new Random(seed).nextInt(50), 0, bytes.length);
    String left = new String(bytes, 0, size, StandardCharsets.UTF_8);
    Files.writeString(file, left);
    long whole = left.chars().filter(c -> c == '\n').count();

    StreamLog lines = StreamLog.open(folder, ORIGIN.stream(), 1);
    assertThat(lines.damage()).isNull();
    try (ResultLog second = ResultLog.open(folder, ORIGIN, lines, 0, MEGABYTE)) {
      assertThat(append(second, 1)).containsExactly(whole + 1);
      assertThat(second.read(1, whole + 1, 100, 1 << 20).lines()).hasSize((int) whole + 1);
    }
  }

  private StreamLog lines(long from) throws IOException {
    return StreamLog.open(log, ORIGIN.stream(), from);
  }

  private ResultLog open(long sealed) throws IOException {
    return ResultLog.open(log, ORIGIN, lines(sealed + 1), sealed, MEGABYTE);
  }

  private static List<Long> append(ResultLog log, int number) throws IOException {
    List<Long> sequences = new java.util.ArrayList<>();
    Instant at = NOON.plusSeconds(log.tail());
    for (int i = 0; i < number; i++) {
      sequences.add(log.append(Drafts.up("page", at.plusSeconds(i + 1))).line().sequence());
    }
    return sequences;
  }

  private static CheckResult check(Logged logged) {
    return (CheckResult) logged.line();
  }

  static List<Long> sequences(Chunk chunk) {
    return chunk.lines().stream().map(ResultLogTest::decode).map(LogLine::sequence).toList();
  }

  private static LogLine decode(byte[] line) {
    try {
      return LineCodec.decode(line);
    } catch (MalformedLineException e) {
      throw new AssertionError(e);
    }
  }
}
