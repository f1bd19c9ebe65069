package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Rounds rounds = new Rounds();
  private final TreeSet<Outstanding> waiting = new TreeSet<>(Outstanding.BY_AGE);

  @Test
  void theNewestFirstThenTheOldest() {
    waiting(1, 5);
    assertThat(drain(1)).containsExactly(5L, 1L, 2L, 3L, 4L);
  }

  @Test
  void inOneBatchToo() {
    waiting(1, 5);
    assertThat(drain(3)).containsExactly(5L, 1L, 2L, 3L, 4L);
  }

  @Test
  void newerOnesComeInBetween() {
    waiting(1, 4);
    List<Long> order = new ArrayList<>();
    long newest = 4;
    while (!waiting.isEmpty()) {
      order.addAll(send(1));
      if (newest < 7) {
        waiting(++newest, newest);
      }
    }
    assertThat(order).containsExactly(4L, 1L, 6L, 2L, 7L, 3L, 5L);
  }

  @Test
  void whatWasTriedInVainHasNotGone() {
    waiting(1, 3);
    assertThat(rounds.next(waiting, report -> true, 1)).isEqualTo(List.of(report(3)));
    waiting(4, 4);
    assertThat(rounds.next(waiting, report -> true, 2)).containsExactly(report(4), report(1));
    assertThat(rounds.next(waiting, report -> true, 2)).containsExactly(report(4), report(1));
  }

  @Test
  void onlyWhatIsDue() {
    waiting(1, 6);
    assertThat(rounds.next(waiting, report -> report.name().first() % 2 == 0, 10))
        .containsExactly(report(6), report(2), report(4));
  }

  /** Nothing is left behind and nothing goes twice, however it arrives. */
  @Property
  void eachGoesOnceAndNoneStarves(
      @ForAll @IntRange(min = 1, max = 30) int backlog,
      @ForAll @IntRange(min = 1, max = 10) int most,
      @ForAll @IntRange(min = 0, max = 3) int arriving) {
    waiting.clear();
    waiting(1, backlog);
    Rounds own = new Rounds();
    List<Long> order = new ArrayList<>();
    long newest = backlog;
    for (int i = 0; i < 2 * backlog + 2; i++) {
      List<Outstanding> next = own.next(waiting, report -> true, most);
      assertThat(next).hasSizeLessThanOrEqualTo(most).doesNotHaveDuplicates();
      next.forEach(own::went);
      waiting.removeAll(next);
      next.forEach(report -> order.add(report.name().first()));
      for (int j = 0; j < arriving; j++) {
        waiting(++newest, newest);
      }
    }
    assertThat(order).doesNotHaveDuplicates();
    assertThat(order).containsAll(LongStream.rangeClosed(1, backlog).boxed().toList());
    List<Long> old = order.stream().filter(one -> one < backlog).toList();
    assertThat(old).isSorted();
  }

  @ParameterizedTest
  @CsvSource({
    // sends, missed, seconds until it is sent again
    "1, false, 300",
    "1, true, 60",
    "2, false, 600",
    "2, true, 120",
    "4, true, 480",
    "5, false, 3600",
    "30, true, 3600"
  })
  void isSentAgainWithBackOff(int sends, boolean missed, long seconds) {
    Parcel parcel = Parcel.of(report(1));
    for (int i = 0; i < sends; i++) {
      parcel = parcel.sent(1_000);
    }
    assertThat(parcel.dueAt(Duration.ofMinutes(5), missed, 2_000))
        .isEqualTo(1_000 + Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void isSentAtOnceUntilItWasSent() {
    Parcel parcel = Parcel.of(report(1));
    assertThat(parcel.dueAt(Duration.ofMinutes(5), false, 77)).isEqualTo(77);
    assertThat(parcel.notBefore(99).dueAt(Duration.ofMinutes(5), false, 77)).isEqualTo(99);
    assertThat(parcel.sent(50).unsent().dueAt(Duration.ofMinutes(5), false, 77)).isEqualTo(77);
  }

  @Test
  void anAcknowledgementCountsOnlyIfItWasAskedForAfterTheFirstSending() {
    Parcel parcel = Parcel.of(report(1));
    assertThat(parcel.sentBefore(100)).isFalse();
    assertThat(parcel.sent(101).sentBefore(100)).isFalse();
    assertThat(parcel.sent(99).sent(200).sentBefore(100)).isTrue();
  }

  private void waiting(long from, long to) {
    for (long one = from; one <= to; one++) {
      waiting.add(report(one));
    }
  }

  private List<Long> drain(int most) {
    List<Long> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      order.addAll(send(most));
    }
    return order;
  }

  private List<Long> send(int most) {
    List<Outstanding> next = rounds.next(waiting, report -> true, most);
    next.forEach(rounds::went);
    waiting.removeAll(next);
    return next.stream().map(report -> report.name().first()).toList();
  }

  private static Outstanding report(long sequence) {
    ReportName name = new ReportName(FakeServer.DEPLOYMENT, sequence, sequence);
    return new Outstanding(name, 1_000, NOON.plusSeconds(sequence), false);
  }
}
