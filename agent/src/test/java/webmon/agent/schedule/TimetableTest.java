package webmon.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static webmon.agent.schedule.Monitors.monitored;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import webmon.agent.schedule.Simulation.Outcome;
import webmon.agent.schedule.Simulation.Taken;
import webmon.agent.schedule.Simulation.Told;
import webmon.result.Status;

class TimetableTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Outcome QUICK = new Outcome(Duration.ofMillis(20), Status.UP);
  private static final BiFunction<String, Instant, Outcome> ALL_UP = (id, at) -> QUICK;

  static List<Duration> gaps(List<Taken> taken) {
    return IntStream.range(1, taken.size())
        .mapToObj(i -> Duration.between(taken.get(i - 1).dueAt(), taken.get(i).dueAt()))
        .toList();
  }

  @Test
  void checksAtAFixedRateWithoutDrift() {
    Simulation day = new Simulation(10, ALL_UP).load(monitored("page", MINUTE, TEN));

    day.run(Duration.ofDays(1));

    // The first comes soon after the start, the second at the regular slot.
    assertThat(day.taken).hasSizeBetween(1_440, 1_442);
    assertThat(day.taken.getFirst().startedAt()).isBefore(Simulation.START.plusMillis(501));
    assertThat(gaps(day.taken.subList(1, day.taken.size()))).containsOnly(MINUTE);
    assertThat(day.taken).allMatch(one -> one.dueAt().equals(one.startedAt()) || late(one) < 1_000);
    assertThat(day.told).isEmpty();
  }

  private static long late(Taken one) {
    return Duration.between(one.dueAt(), one.startedAt()).toNanos();
  }

  @Test
  void keepsTheSlotsOverARestart() {
    Simulation first = new Simulation(10, ALL_UP).load(monitored("page", MINUTE, TEN));
    first.run(Duration.ofMinutes(5));
    Simulation second = new Simulation(10, ALL_UP).stall(Duration.ofSeconds(100));
    second.load(monitored("page", MINUTE, TEN)).run(Duration.ofMinutes(5));

    assertThat(second.taken.getLast().dueAt().getEpochSecond() % 60)
        .isEqualTo(first.taken.getLast().dueAt().getEpochSecond() % 60);
  }

  @Test
  void comesBackSoonerUntilADownPageHasSettled() {
    // Down from minute 3 to minute 8.
    Instant from = Simulation.START.plus(Duration.ofMinutes(3));
    Instant until = Simulation.START.plus(Duration.ofMinutes(8));
    Duration takes = Duration.ofSeconds(2);
    Simulation simulation =
        new Simulation(
            10,
            (id, at) ->
                new Outcome(
                    takes, at.isBefore(from) || !at.isBefore(until) ? Status.UP : Status.DOWN));

    simulation.load(monitored("page", MINUTE, TEN)).run(Duration.ofMinutes(12));

    List<Taken> taken = simulation.taken;
    int firstDown =
        IntStream.range(0, 99)
            .filter(i -> taken.get(i).status() == Status.DOWN)
            .findFirst()
            .orElseThrow();
    assertThat(gaps(taken.subList(firstDown, firstDown + 2))).containsExactly(takes.plus(TEN));
    // Settled: the regular slots again, and no turn is called missed for it.
    assertThat(gaps(taken.subList(firstDown + 2, firstDown + 5))).containsOnly(MINUTE);
    int firstUp =
        IntStream.range(firstDown, 99)
            .filter(i -> taken.get(i).status() == Status.UP)
            .findFirst()
            .orElseThrow();
    assertThat(gaps(taken.subList(firstUp, firstUp + 2))).containsExactly(takes.plus(TEN));
    assertThat(gaps(taken.subList(firstUp + 2, firstUp + 4))).containsOnly(MINUTE);
    assertThat(simulation.told).isEmpty();
  }

  @Property(tries = 200)
  void announcesAnOutageInTimeWheneverItBegins(@ForAll @IntRange(min = 0, max = 119) int second) {
    Instant from = Simulation.START.plusSeconds(120 + second);
    Duration timeout = Duration.ofSeconds(5);
    Simulation simulation =
        new Simulation(
            10, (id, at) -> at.isBefore(from) ? QUICK : new Outcome(timeout, Status.DOWN));

    simulation.load(monitored("page", MINUTE, TEN)).run(Duration.ofMinutes(8));

    Taken confirming =
        simulation.taken.stream()
            .filter(one -> one.status() == Status.DOWN)
            .skip(1)
            .findFirst()
            .orElseThrow();
    // interval + (failure_threshold − 1) × retry_interval + failure_threshold × timeout
    Duration bound = MINUTE.plus(TEN).plus(timeout.multipliedBy(2));
    assertThat(Duration.between(from, confirming.startedAt().plus(timeout)))
        .isLessThanOrEqualTo(bound);
  }

  @Property(tries = 50)
  void accountsForEveryTurn(
      @ForAll @IntRange(min = 1, max = 40) int monitors,
      @ForAll @IntRange(min = 1, max = 5) int places,
      @ForAll @IntRange(min = 1, max = 9_999) int checkMillis) {
    Duration takes = Duration.ofMillis(checkMillis);
    Simulation simulation = new Simulation(places, (id, at) -> new Outcome(takes, Status.UP));
    Monitored[] all =
        IntStream.range(0, monitors)
            .mapToObj(i -> monitored("page-" + i, TEN, TEN))
            .toArray(Monitored[]::new);

    simulation.load(all).run(Duration.ofMinutes(30));

    assertThat(simulation.mostInFlight()).isLessThanOrEqualTo(places);
    for (Monitored one : all) {
      List<Taken> taken = simulation.takenBy(one.id());
      int missed =
          simulation.told.stream().filter(t -> t.id().equals(one.id())).mapToInt(Told::count).sum();
      // 180 slots, one at the opening; at the end up to a minute of missed ones is not told yet.
      assertThat(taken.size() + missed).isBetween(180 - 8, 182);
      assertThat(taken).allMatch(turn -> late(turn) < TEN.toNanos());
      assertThat(gaps(taken)).allMatch(gap -> gap.toMillis() > 0);
      Slots slots = Slots.of(one.id(), "agent-1", TEN);
      assertThat(taken.stream().skip(1).map(Taken::dueAt))
          .allMatch(due -> slots.after(due.minusNanos(1_000)).equals(due));
    }
  }

  @Test
  void foldsWhatItMissesAndTellsItAtLeastOnceAMinute() {
    // One place, held by a check that takes five minutes.
    Simulation simulation =
        new Simulation(
            1,
            (id, at) -> id.equals("slow") ? new Outcome(Duration.ofMinutes(5), Status.UP) : QUICK);
    simulation.load(monitored("slow", Duration.ofHours(1), TEN)).run(Duration.ofSeconds(1));
    simulation.load(monitored("slow", Duration.ofHours(1), TEN), monitored("page", TEN, TEN));

    simulation.run(Duration.ofMinutes(6));

    List<Told> told = simulation.told.stream().filter(one -> one.id().equals("page")).toList();
    assertThat(told).hasSizeBetween(4, 6);
    assertThat(told)
        .allSatisfy(one -> {
          // The very first is not a slot: it is soon after the start.
          assertThat(Duration.between(one.first(), one.last()))
              .isBetween(TEN.multipliedBy(one.count() - 2), TEN.multipliedBy(one.count() - 1));
          assertThat(Duration.between(one.first(), one.at())).isLessThan(Duration.ofSeconds(85));
        });
    // Each told span begins where the one before ended.
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).first()).isAfter(told.get(i - 1).last());
    }
    assertThat(simulation.takenBy("page").getFirst().dueAt()).isAfter(told.getLast().last());
  }

  @Test
  void callsMissedWhatCameWhileItsOwnCheckWasRunning() {
    Simulation simulation =
        new Simulation(10, (id, at) -> new Outcome(Duration.ofSeconds(35), Status.UP));

    simulation.load(monitored("page", TEN, TEN)).run(Duration.ofMinutes(10));

    assertThat(simulation.mostInFlight()).isEqualTo(1);
    assertThat(simulation.told).isNotEmpty().allMatch(one -> one.count() >= 2);
    // After a check that ran over several turns, the newest of them is taken late, not left out.
    assertThat(simulation.taken.stream().skip(1)).allMatch(one -> late(one) < TEN.toNanos());
  }

  @Test
  void catchesUpWithOneCheckAfterAStall() {
    Simulation simulation = new Simulation(10, ALL_UP).load(monitored("page", TEN, TEN));
    simulation.run(Duration.ofSeconds(60));
    int before = simulation.taken.size();

    simulation.stall(Duration.ofSeconds(65)).run(Duration.ofMillis(1));

    assertThat(simulation.taken).hasSize(before + 1);
    assertThat(simulation.missed()).isBetween(5, 6);
    assertThat(late(simulation.taken.getLast())).isLessThan(TEN.toNanos());
  }

  @Test
  void neitherStampedesNorFallsSilentWhenTheClockIsSet() {
    for (Duration jump :
        List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofSeconds(7))) {
      long when = Duration.ofSeconds(95).toNanos();
      Simulation simulation =
          new Simulation(10, ALL_UP, nanos -> nanos >= when ? jump : Duration.ZERO);
      simulation.load(monitored("page", MINUTE, TEN)).run(Duration.ofSeconds(95));
      int before = simulation.taken.size();

      simulation.run(Duration.ofMinutes(10));

      List<Taken> after = simulation.taken.subList(before, simulation.taken.size());
      assertThat(after).hasSizeBetween(10, 11);
      assertThat(simulation.told).isEmpty();
      assertThat(after).allMatch(one -> Math.abs(late(one)) < 1_000_000);
      assertThat(gaps(after.subList(1, after.size()))).containsOnly(MINUTE);
    }
  }
}
