package webmon.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Property
  void areAnIntervalApartForEver(
      @ForAll @LongRange(min = -4_000_000_000L, max = 4_000_000_000L) long second,
      @ForAll @IntRange(min = 1, max = 86_400_000) int intervalMillis,
      @ForAll String id) {
    Duration interval = Duration.ofMillis(intervalMillis);
    Slots slots = Slots.of(id, "agent-1", interval);
    Instant time = Instant.ofEpochSecond(second, 123_456_789);

    Instant slot = slots.after(time);

    assertThat(slot).isAfter(time).isBeforeOrEqualTo(time.plus(interval).plusNanos(1_000));
    assertThat(slots.after(slot)).isEqualTo(slot.plus(interval));
    assertThat(slot.getNano() % 1_000).isZero();
  }

  @Property
  void openWithinTheWindowAndNotAfterTheFirstSlot(
      @ForAll String id, @ForAll @IntRange(min = 1, max = 120_000) int windowMillis) {
    Slots slots = Slots.of(id, "agent-1", Duration.ofSeconds(60));
    Instant start = Simulation.START;

    Instant opening = slots.opening(start, Duration.ofMillis(windowMillis));

    assertThat(opening)
        .isBetween(start, start.plusMillis(windowMillis))
        .isBeforeOrEqualTo(slots.after(start));
  }

  @Test
  void areTheSameAfterARestart() {
    // Pinned: another hash would move every check of every agent upon an update.
    Slots slots = Slots.of("wikipedia", "eu-north-1-a", Duration.ofSeconds(60));
    assertThat(slots).isEqualTo(new Slots(60_000_000, 47_853_380));
  }

  @Test
  void spreadMonitorsOverTheInterval() {
    int[] perSecond = new int[10];
    IntStream.range(0, 10_000)
        .mapToObj(i -> Slots.of("page-" + i, "agent-1", Duration.ofSeconds(10)))
        .forEach(slots -> perSecond[(int) (slots.offsetMicros() / 1_000_000)]++);
    // Five standard deviations of a fair spread.
    assertThat(IntStream.of(perSecond)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void differBetweenAgents() {
    long different =
        IntStream.range(0, 1_000)
            .filter(i ->
                Math.abs(
                        Slots.of("page-" + i, "eu-1", Duration.ofSeconds(60)).offsetMicros()
                            - Slots.of("page-" + i, "eu-2", Duration.ofSeconds(60)).offsetMicros())
                    > 1_000_000)
            .count();
    assertThat(different).isGreaterThan(930);
  }
}
