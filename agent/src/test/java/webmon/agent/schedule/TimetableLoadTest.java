package webmon.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static webmon.agent.schedule.Monitors.monitored;
import static webmon.agent.schedule.TimetableTest.gaps;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import webmon.agent.schedule.Simulation.Outcome;
import webmon.agent.schedule.Simulation.Taken;
import webmon.result.Status;

/** What a timetable does when it is given its monitors, first and anew. */
class TimetableLoadTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final BiFunction<String, Instant, Outcome> ALL_UP =
      (id, at) -> new Outcome(Duration.ofMillis(20), Status.UP);

  @Test
  void keepsTheTurnsOfUnchangedMonitorsOverAReload() {
    Simulation simulation = new Simulation(10, ALL_UP);
    simulation
        .load(
            monitored("same", MINUTE, TEN),
            monitored("gone", MINUTE, TEN),
            monitored("faster", MINUTE, TEN))
        .run(Duration.ofMinutes(3));
    int before = simulation.taken.size();

    simulation
        .load(
            monitored("same", MINUTE, TEN),
            monitored("new", MINUTE, TEN),
            monitored("faster", TEN, TEN))
        .run(Duration.ofMinutes(3));

    List<Taken> after = simulation.taken.subList(before, simulation.taken.size());
    assertThat(gaps(simulation.takenBy("same")).stream().skip(1)).containsOnly(MINUTE);
    assertThat(after).noneMatch(one -> one.id().equals("gone"));
    assertThat(after.stream().filter(one -> one.id().equals("faster"))).hasSizeBetween(17, 18);
    assertThat(simulation.takenBy("new").getFirst().startedAt())
        .isBefore(Simulation.START.plus(Duration.ofMinutes(3)).plusMillis(501));
  }

  @Test
  void leavesDisabledMonitorsAlone() {
    Simulation simulation = new Simulation(10, ALL_UP);
    Monitored disabled =
        new Monitored(
            Monitors.definition("page", false, TEN, TEN), () -> Monitors.observation(Status.UP));

    simulation.load(disabled).run(Duration.ofMinutes(3));

    assertThat(simulation.taken).isEmpty();
  }

  @Test
  void startsManyMonitorsOneAfterTheOther() {
    Monitored[] all =
        IntStream.range(0, 400)
            .mapToObj(i -> monitored("page-" + i, MINUTE, TEN))
            .toArray(Monitored[]::new);
    Simulation simulation = new Simulation(1_000, ALL_UP).load(all);

    simulation.run(Duration.ofSeconds(10));
    // 400 at 25 ms each: within ten seconds, and in no second many more than the fair share of 40.
    assertThat(simulation.taken.stream().map(Taken::id).distinct()).hasSize(400);
    assertThat(
            simulation.taken.stream()
                .collect(
                    java.util.stream.Collectors.groupingBy(
                        one -> one.startedAt().getEpochSecond(),
                        java.util.stream.Collectors.counting()))
                .values())
        .allMatch(count -> count < 90);
  }
}
