package webmon.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import webmon.result.Status;

/** Runs a {@link Timetable} in time that only passes when something is to be done. */
final class Simulation {
  static final Instant START = Instant.parse("2026-11-22T10:00:00.123456Z");

  /** What a check does: how long it takes and what it says. */
  record Outcome(Duration duration, Status status) {}

  /** A turn that was taken. */
  record Taken(String id, Instant dueAt, Instant startedAt, Status status) {}

  /** Turns that were missed, as they were told. */
  record Told(String id, int count, Instant first, Instant last, Instant at) {}

  private record Landing(Turn turn, @Nullable Status status, long nanos) {}

  final List<Taken> taken = new ArrayList<>();
  final List<Told> told = new ArrayList<>();
  private final Timetable timetable;
  private final BiFunction<String, Instant, Outcome> checks;
  private final Function<Long, Duration> wallOffset;
  private final PriorityQueue<Landing> landings =
      new PriorityQueue<>(Comparator.comparingLong(Landing::nanos));
  private long nanos;
  private int mostInFlight;

  Simulation(int mostInFlight, BiFunction<String, Instant, Outcome> checks) {
    this(mostInFlight, checks, nanos -> Duration.ZERO);
  }

  /**
   * As above, with a wall clock that is set now and then.
   *
   * @param wallOffset by monotonic time, what somebody set the wall clock forward by
   */
  Simulation(
      int mostInFlight,
      BiFunction<String, Instant, Outcome> checks,
      Function<Long, Duration> wallOffset) {
    this.timetable = new Timetable("agent-1", mostInFlight);
    this.checks = checks;
    this.wallOffset = wallOffset;
  }

  Moment now() {
    return new Moment(START.plusNanos(nanos).plus(wallOffset.apply(nanos)), nanos);
  }

  Simulation load(Monitored... monitored) {
    timetable.load(List.of(monitored), now());
    return this;
  }

  /** Lets time pass, doing what is due when it is due. */
  Simulation run(Duration span) {
    long end = nanos + span.toNanos();
    launch();
    while (true) {
      long wake = timetable.nextWake().orElse(Long.MAX_VALUE);
      long landing = landings.isEmpty() ? Long.MAX_VALUE : landings.peek().nanos();
      long next = Math.max(nanos, Math.min(wake, landing));
      if (next > end) {
        nanos = end;
        return this;
      }
      nanos = next;
      while (!landings.isEmpty() && landings.peek().nanos() <= nanos) {
        Landing landed = landings.remove();
        timetable.ended(landed.turn(), landed.status(), now());
      }
      launch();
    }
  }

  /** The process gets no time at all. */
  Simulation stall(Duration span) {
    nanos += span.toNanos();
    return this;
  }

  private void launch() {
    for (Turn turn : timetable.due(now())) {
      String id = turn.monitored().id();
      Missed missed = turn.missed();
      if (missed != null) {
        told.add(new Told(id, missed.count(), missed.first(), missed.last(), now().wall()));
      }
      if (turn.dueAt() == null) {
        landings.add(new Landing(turn, null, nanos));
        continue;
      }
      Outcome outcome = checks.apply(id, now().wall());
      taken.add(new Taken(id, turn.dueAt(), now().wall(), outcome.status()));
      landings.add(new Landing(turn, outcome.status(), nanos + outcome.duration().toNanos()));
    }
    mostInFlight = Math.max(mostInFlight, timetable.inFlight());
  }

  int mostInFlight() {
    return mostInFlight;
  }

  List<Taken> takenBy(String id) {
    return taken.stream().filter(one -> one.id().equals(id)).toList();
  }

  int missed() {
    return told.stream().mapToInt(Told::count).sum();
  }
}
