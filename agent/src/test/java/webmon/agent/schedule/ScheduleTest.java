package webmon.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static webmon.agent.schedule.Monitors.monitored;
import static webmon.agent.schedule.Monitors.observation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webmon.agent.check.Check;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Status;

@Timeout(30)
class ScheduleTest {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Queue<CompletedCheck> results = new ConcurrentLinkedQueue<>();

  private Schedule schedule(int mostInFlight, Monitored... monitored) {
    return new Schedule(
        "agent-1",
        List.of(monitored),
        mostInFlight,
        InstantSource.system(),
        System::nanoTime,
        results::add);
  }

  private long unknown() {
    return results.stream().filter(one -> one.observation().status() == Status.UNKNOWN).count();
  }

  @Test
  void checksAgainAndAgain() {
    try (Schedule schedule =
        schedule(
            8,
            monitored("one", OFTEN, OFTEN),
            monitored("two", OFTEN, OFTEN, () -> observation(Status.DOWN)))) {
      await().atMost(SOON).until(() -> results.size() >= 12);
      assertThat(schedule.inFlight()).isBetween(0, 2);
    }
    assertThat(results).extracting(one -> one.definition().id()).contains("one", "two");
    assertThat(results).allMatch(one -> !one.lateness().isNegative());
  }

  @Test
  void countsAFaultOfACheckAsUnknownAndGoesOn() {
    Check faulty =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (Schedule schedule = schedule(8, monitored("one", OFTEN, OFTEN, faulty))) {
      await().atMost(SOON).until(() -> unknown() >= 2);
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void survivesAConsumerThatFails() {
    Queue<CompletedCheck> seen = new ConcurrentLinkedQueue<>();
    try (Schedule schedule =
        new Schedule(
            "agent-1",
            List.of(monitored("one", OFTEN, OFTEN)),
            8,
            InstantSource.system(),
            System::nanoTime,
            one -> {
              seen.add(one);
              throw new IllegalStateException("the disk is full");
            })) {
      await().atMost(SOON).until(() -> seen.size() >= 2);
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void tellsWhatItMissedWhileAllPlacesWereTaken() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch holding = new CountDownLatch(1);
    Check holder =
        () -> {
          holding.countDown();
          release.await();
          return observation(Status.UP);
        };
    try (Schedule schedule = schedule(1, monitored("holder", Duration.ofHours(1), OFTEN, holder))) {
      holding.await();
      schedule.reload(
          List.of(
              monitored("holder", Duration.ofHours(1), OFTEN, holder),
              monitored("page", OFTEN, OFTEN)));
      // Time that passes for nobody but the clock: several turns of the other page.
      long until = System.nanoTime() + OFTEN.multipliedBy(6).toNanos();
      await().atMost(SOON).until(() -> System.nanoTime() > until);
      release.countDown();
      await().atMost(SOON).until(() -> results.size() >= 3);
    }
    List<CompletedCheck> page =
        results.stream().filter(one -> one.definition().id().equals("page")).toList();
    CompletedCheck missed = page.getFirst();
    assertThat(missed.observation().status()).isEqualTo(Status.MISSED);
    assertThat(missed.count()).isGreaterThanOrEqualTo(3);
    // The very first is not a slot: it is soon after the start.
    assertThat(Duration.between(missed.dueAt(), missed.lastDueAt()))
        .isBetween(OFTEN.multipliedBy(missed.count() - 2), OFTEN.multipliedBy(missed.count() - 1));
    assertThat(missed.observation().failure())
        .isEqualTo(
            new Failure(
                FailureKind.INTERNAL,
                missed.count()
                    + " checks could not start: the agent was busy with as many checks as it may run"
                    + " at once"));
    assertThat(page.get(1).observation().status()).isEqualTo(Status.UP);
    assertThat(page.get(1).dueAt()).isAfter(missed.lastDueAt());
  }

  @Test
  void closesThoughACheckHangsAndSaysWhatWasLeftOut() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    Check hanging =
        () -> {
          holding.countDown();
          new CountDownLatch(1).await();
          return observation(Status.UP);
        };
    Schedule schedule = schedule(8, monitored("one", OFTEN, OFTEN, hanging));
    holding.await();

    schedule.close();

    assertThat(results)
        .extracting(one -> one.observation().status())
        .endsWith(Status.UNKNOWN, Status.MISSED);
    assertThat(schedule.inFlight()).isZero();
  }

  @Test
  void handsOnNothingAfterItsEnd() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    Check stubborn =
        () -> {
          holding.countDown();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              continue;
            }
          }
          over.set(true);
          return observation(Status.UP);
        };
    Schedule schedule = schedule(8, monitored("one", OFTEN, OFTEN, stubborn));
    holding.await();

    schedule.close();
    release.countDown();

    await().atMost(SOON).until(() -> over.get() && schedule.inFlight() == 0);
    // What was missed may be among them; the result of the check is not.
    assertThat(results).noneMatch(one -> one.observation().status() == Status.UP);
  }

  @Test
  void neverInterruptsTheConsumer() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    Schedule schedule =
        new Schedule(
            "agent-1",
            List.of(monitored("one", Duration.ofHours(1), OFTEN)),
            8,
            InstantSource.system(),
            System::nanoTime,
            one -> {
              holding.countDown();
              try {
                // Longer than the time after which close() interrupts checks.
                seen.add(never.await(2_500, TimeUnit.MILLISECONDS) ? "?" : "left in peace");
              } catch (InterruptedException e) {
                seen.add("interrupted");
              }
            });
    holding.await();

    schedule.close();

    assertThat(seen).containsExactly("left in peace");
  }
}
