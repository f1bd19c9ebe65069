package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import webmon.report.Acknowledgement.Range;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;

/**
 * Two copies of one data_dir: both sets stand, and neither copy is told what only the other sent.
 */
class ForkTest {
  private final IngestFixture server = new IngestFixture();
  private final TestReports original = server.agent("a");

  @Test
  void storesADifferentReportForAHeldRangeAsAFork() {
    server.store(original.ups("shop", 3));
    TestReports copy = original.copy().after(Duration.ofMillis(300));
    server.store(original.ups("shop", 2));
    Signed different = copy.ups("shop", 4);
    Outcome.Taken taken = server.store(different);

    assertThat(server.sequences(original, 0)).isEqualTo(Set.of(1L, 2L, 3L, 4L, 5L));
    assertThat(server.sequences(original, 1)).isEqualTo(Set.of(4L, 5L, 6L, 7L));
    assertThat(server.acknowledgement(original).fork()).isEqualTo(new Range(4, 7));
    assertThat(server.answer(taken).contiguous()).isEqualTo(7);
    assertThat(server.texts("select name from agent where forked_at is not null"))
        .containsExactly("a");
    assertThat(server.store(different).duplicate()).isTrue();
  }

  @Test
  void tellsNeitherCopyThatWhatOnlyTheOtherSentIsSettled() {
    server.store(original.ups("shop", 3));
    TestReports copy = original.copy().after(Duration.ofMillis(300));
    Signed ours = original.ups("shop", 2);
    Signed theirs = copy.ups("shop", 4);
    server.store(ours);
    server.store(theirs);
    // The original may hold 6 and 7 of its own, which the server has never seen.
    assertThat(server.acknowledgement(original).contiguous()).isEqualTo(5);
    assertThat(server.acknowledgement(original, ours).contiguous()).isEqualTo(5);
    assertThat(server.acknowledgement(copy, theirs).contiguous()).isEqualTo(7);
  }

  @Test
  void keepsTheReportsOfEachCopyTogetherByTheirChain() {
    server.store(original.ups("shop", 3));
    TestReports copy = original.copy().after(Duration.ofMillis(300));
    for (int i = 0; i < 5; i++) {
      server.store(original.ups("shop", 2));
      server.store(copy.ups("shop", 3));
    }
    assertThat(server.sequences(original, 0)).hasSize(13);
    assertThat(server.sequences(original, 1)).hasSize(15);
    assertThat(server.count("stream")).isEqualTo(2);
    assertThat(server.database.number("select sum(chain_breaks)::int8 from stream")).isZero();
  }

  @Test
  void endsTheReportsOfARestoredDisk() {
    server.store(original.ups("shop", 3));
    TestReports restored = original.copy().after(Duration.ofSeconds(90));
    server.store(original.ups("shop", 20));
    server.store(restored.ups("shop", 2));
    assertThat(server.acknowledgement(restored).contiguous()).isEqualTo(5);
    assertThat(server.acknowledgement(restored).fork()).isEqualTo(new Range(4, 5));
    assertThat(server.count("check_result")).isEqualTo(25);
  }

  @Test
  void keepsBothWhereTwoCopiesCheckInTheSameMicrosecond() {
    server.store(original.ups("shop", 3));
    TestReports copy = original.copy();
    // The same times under later sequences: no overlap of sequences, but of results.
    Signed theirs = copy.skipping(10).ups("shop", 2);
    server.store(original.ups("shop", 2));
    server.store(theirs);
    assertThat(server.count("check_result")).isEqualTo(7);
    assertThat(server.sequences(original, 1)).isEqualTo(Set.of(14L, 15L));
    assertThat(server.acknowledgement(original).fork()).isEqualTo(new Range(14, 15));
  }

  @Test
  void storesForksWithinOneBatchToo() {
    Signed first = original.ups("shop", 2);
    TestReports copy = original.copy().after(Duration.ofMillis(300));
    Signed ours = original.ups("shop", 2);
    Signed theirs = copy.ups("shop", 2);
    Signed theirNext = copy.ups("shop", 2);
    assertThat(server.take(theirNext, theirs, ours, first))
        .allMatch(outcome -> outcome instanceof Outcome.Taken);
    assertThat(server.count("check_result")).isEqualTo(8);
    assertThat(server.count("stream")).isEqualTo(2);
  }
}
