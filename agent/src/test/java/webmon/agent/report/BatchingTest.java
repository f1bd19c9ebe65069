package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.result.Status;

final class BatchingTest {
  /** A nanosecond clock may stand anywhere, also just before it wraps around. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private final Batching batching = new Batching(Duration.ofSeconds(10));

  @Test
  void nothingClosesWhereNothingIsOpen() {
    assertThat(batching.closesAt()).isEmpty();
  }

  @Test
  void goodResultsWaitForTheFlushIntervalOfTheFirst() {
    batching.add(800, false, START);
    batching.add(800, false, START + seconds(4));
    assertThat(batching.closesAt()).hasValue(START + seconds(10));
  }

  @Test
  void anUrgentOneClosesTwoHundredMillisecondsAfterIt() {
    batching.add(800, false, START);
    batching.add(800, true, START + seconds(3));
    batching.add(800, true, START + seconds(3) + 5);
    assertThat(batching.closesAt()).hasValue(START + seconds(3) + millis(200));
  }

  @Test
  void anUrgentOneNeverWaitsLongerThanTheFlushInterval() {
    batching.add(800, false, START);
    batching.add(800, true, START + seconds(10) - millis(50));
    assertThat(batching.closesAt()).hasValue(START + seconds(10));
  }

  @Test
  void urgencyClosesAtMostOnceASecond() {
    batching.add(800, true, START);
    batching.close(START + millis(200));
    batching.add(800, true, START + millis(300));
    assertThat(batching.closesAt()).hasValue(START + millis(1_200));
    batching.close(START + millis(1_200));
    batching.add(800, true, START + millis(2_100));
    assertThat(batching.closesAt()).hasValue(START + millis(2_300));
  }

  @Test
  void aThousandLinesCloseAtOnce() {
    add(999, 10);
    assertThat(batching.closesAt()).hasValue(START + seconds(10));
    add(1, 10);
    assertThat(batching.closesAt()).hasValue(START);
  }

  @Test
  void learnsHowSmallALineBecomes() {
    batching.learn(100_000, 21_000);
    add(300, 999);
    assertThat(batching.closesAt()).hasValue(START);
    batching.close(START);
    batching.learn(100_000, 5_000);
    add(300, 999);
    assertThat(batching.closesAt()).hasValue(START + seconds(10));
    batching.learn(500, 499);
    assertThat(batching.closesAt()).as("too little to learn from").hasValue(START + seconds(10));
  }

  @Test
  void twoMebibytesOfTextCloseAtOnceHoweverSmallTheyBecome() {
    batching.learn(1_000_000, 1_000);
    add(64, 32 * 1024 - 1);
    assertThat(batching.closesAt()).hasValue(START);
  }

  @ParameterizedTest
  @CsvSource({
    // first ever
    "UP, true",
    // as before
    "UP UP, false",
    "UP DOWN, true",
    "UP DOWN DOWN, true",
    "UP DOWN UP, true",
    "UP DOWN UP UP, true",
    "UP DOWN UP UP UP, false",
    "UP UNKNOWN UP UP UP, false",
    "UP MISSED, true",
    "UP DEGRADED, true",
    "UP DOWN UP DOWN UP UP, true",
    "UP DOWN UP DOWN UP UP UP, false"
  })
  void whatTheServerShouldSeeSoon(String statuses, boolean lastIsUrgent) {
    Urgency urgency = new Urgency();
    boolean urgent = false;
    for (String status : statuses.split(" ")) {
      urgent = urgency.urgent("page", Status.valueOf(status), 2);
      urgency.urgent("another", Status.UP, 2);
    }
    assertThat(urgent).isEqualTo(lastIsUrgent);
  }

  /** Whatever comes, a line never waits longer than the flush interval. */
  @Property
  void noLineWaitsLongerThanTheFlushInterval(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 3_000) Integer> millisBetween,
      @ForAll List<Boolean> urgent) {
    Batching any = new Batching(Duration.ofSeconds(2));
    long now = START;
    long openedAt = 0;
    boolean open = false;
    for (int i = 0; i < millisBetween.size(); i++) {
      long next = now + millis(millisBetween.get(i));
      OptionalLong closesAt = any.closesAt();
      if (closesAt.isPresent() && closesAt.getAsLong() - next <= 0) {
        assertThat(closesAt.getAsLong() - openedAt).isLessThanOrEqualTo(seconds(2));
        any.close(closesAt.getAsLong());
        open = false;
      }
      now = next;
      if (!open) {
        openedAt = now;
        open = true;
      }
      any.add(500, i < urgent.size() && urgent.get(i), now);
    }
  }

  private void add(int lines, int bytes) {
    for (int i = 0; i < lines; i++) {
      batching.add(bytes, false, START);
    }
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
