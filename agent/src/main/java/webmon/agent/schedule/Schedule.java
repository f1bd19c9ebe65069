package webmon.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

/**
 * Checks every monitor when it is its turn: one timer thread ({@code webmon-schedule}) and one
 * virtual thread ({@code check-ID}) for each check in flight, all owned and ended by this object.
 *
 * <p>Every turn ends as one {@link CompletedCheck}, or is counted in one that says {@code missed}.
 * They are handed to the consumer on the check's thread, for one monitor in order of time, for
 * several monitors at once; a monitor's next check waits until the consumer has returned. What was
 * missed while a check was in flight is told after that check's own result.
 */
public final class Schedule implements AutoCloseable {
  /** Checks that may be in flight at once, unless told otherwise. */
  public static final int MOST_IN_FLIGHT = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

  /** How long {@link #close} lets checks end by themselves, and then by interruption. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  /** The clocks are compared at least this often. */
  private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Consumer<CompletedCheck> results;
  private final Timetable timetable;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition landed = lock.newCondition();
  private final Set<Flight> flights = new HashSet<>();
  private final Thread timer;
  private long timerSleepsUntil;
  private boolean closing;
  private volatile boolean closed;

  /** Begins at once. */
  public Schedule(
      String agentId,
      List<Monitored> monitored,
      int mostInFlight,
      InstantSource clock,
      LongSupplier nanos,
      Consumer<CompletedCheck> results) {
    this.clock = clock;
    this.nanos = nanos;
    this.results = results;
    this.timetable = new Timetable(agentId, mostInFlight);
    timetable.load(monitored, moment());
    this.timer = Thread.ofPlatform().name("webmon-schedule").daemon().unstarted(this::keepTime);
    timer.start();
  }

  /**
   * From now on these are the monitors. Those with an id and an interval as before keep their turns
   * and streaks; checks in flight go on and their results are handed on.
   */
  public void reload(List<Monitored> monitored) {
    lock.lock();
    try {
      timetable.load(monitored, moment());
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Checks in flight now. */
  public int inFlight() {
    lock.lock();
    try {
      return timetable.inFlight();
    } finally {
      lock.unlock();
    }
  }

  private Moment moment() {
    return Moment.now(clock, nanos);
  }

  private void keepTime() {
    lock.lock();
    try {
      while (!closing) {
        launchDue();
        long now = nanos.getAsLong();
        timerSleepsUntil =
            Math.min(timetable.nextWake().orElse(Long.MAX_VALUE), now + LONGEST_WAIT_NANOS);
        if (timerSleepsUntil > now) {
          changed.awaitNanos(timerSleepsUntil - now);
        }
      }
    } catch (InterruptedException e) {
      // Only this object could interrupt its timer, and it does not.
      LOG.error("The schedule was interrupted and has stopped", e);
    } finally {
      lock.unlock();
    }
  }

  private void launchDue() {
    for (Turn turn : timetable.due(moment())) {
      Flight flight = new Flight();
      flights.add(flight);
      Thread.ofVirtual().name("check-" + turn.monitored().id()).start(() -> fly(turn, flight));
    }
  }

  private void fly(Turn turn, Flight flight) {
    Status status = null;
    try {
      tellMissed(turn);
      if (turn.dueAt() != null) {
        status = check(turn, turn.dueAt(), flight);
      }
    } finally {
      land(turn, flight, status);
    }
  }

  private Status check(Turn turn, Instant dueAt, Flight flight) {
    Instant started = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Observation observation = observe(turn, flight);
    // The clocks may differ by less than what counts as a jump: no check starts before its turn.
    Instant startedAt = started.isBefore(dueAt) ? dueAt : started;
    handOn(
        new CompletedCheck(turn.monitored().definition(), dueAt, startedAt, observation, 1, dueAt));
    return observation.status();
  }

  private static Observation observe(Turn turn, Flight flight) {
    try {
      return flight.run(turn.monitored().check());
    } catch (InterruptedException e) {
      return Observation.without(
          Status.UNKNOWN, FailureKind.INTERNAL, "the agent was stopped before the check ended");
    } catch (RuntimeException | Error e) {
      LOG.error("The check of {} failed by a fault of the agent", turn.monitored().id(), e);
      return Observation.without(
          Status.UNKNOWN,
          FailureKind.INTERNAL,
          "the agent could not check because of a fault of its own; its log says which");
    }
  }

  private void tellMissed(Turn turn) {
    Missed missed = turn.missed();
    if (missed != null) {
      handOn(
          new CompletedCheck(
              turn.monitored().definition(),
              missed.first(),
              missed.first(),
              missed.observation(),
              missed.count(),
              missed.last()));
    }
  }

  private void handOn(CompletedCheck completed) {
    if (closed) {
      LOG.warn("A result of {} came after the end and is dropped", completed.definition().id());
      return;
    }
    try {
      results.accept(completed);
    } catch (RuntimeException e) {
      LOG.error("A result of {} was not taken", completed.definition().id(), e);
    }
  }

  private void land(Turn turn, Flight flight, @Nullable Status status) {
    lock.lock();
    try {
      flights.remove(flight);
      timetable.ended(turn, status, moment());
      if (closing) {
        landed.signalAll();
      } else {
        launchDue();
        if (timetable.nextWake().orElse(Long.MAX_VALUE) < timerSleepsUntil) {
          changed.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts nothing more, lets checks in flight end for 2 s, then interrupts them: those say {@code
   * unknown}. Returns after 3 s at the latest; nothing more is handed on afterwards.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
      if (!awaitLanding(GRACE)) {
        flights.forEach(Flight::stop);
        if (!awaitLanding(LAST_GRACE)) {
          LOG.warn("Checks that did not stop, whose results are lost: {}", flights.size());
        }
      }
      timetable.untold().forEach(this::tellMissed);
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitLanding(Duration atMost) {
    long left = atMost.toNanos();
    try {
      while (!flights.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = landed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return flights.isEmpty();
    }
  }
}
