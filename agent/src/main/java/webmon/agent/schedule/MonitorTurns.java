package webmon.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import webmon.monitor.MonitorDefinition;
import webmon.result.Status;

/** Where one monitor stands in the schedule. Confined to {@link Timetable}. */
final class MonitorTurns {
  private final String agentId;
  private Monitored monitored;
  private Slots slots;
  private Settling settling = Settling.UP;
  private Instant due;
  private long dueNanos;
  private @Nullable Missed missed;
  private boolean busy;
  private boolean removed;
  private long wakeNanos;

  MonitorTurns(String agentId, Monitored monitored, Duration window, Moment now) {
    this.agentId = agentId;
    this.monitored = monitored;
    this.slots = slotsOf(monitored.definition());
    this.due = slots.opening(now.wall(), window);
    this.dueNanos = now.nanosAt(due);
    this.wakeNanos = dueNanos;
  }

  private Slots slotsOf(MonitorDefinition definition) {
    return Slots.of(definition.id(), agentId, definition.interval());
  }

  /**
   * Takes a newer definition; the turn that waits stays, unless the interval is another one.
   *
   * @return whether there is a new turn to wait for
   */
  boolean update(Monitored newer, Moment now) {
    Slots newSlots = slotsOf(newer.definition());
    monitored = newer;
    if (newSlots.equals(slots)) {
      return false;
    }
    slots = newSlots;
    plan(slots.after(now.wall()), now);
    return true;
  }

  private void plan(Instant newDue, Moment now) {
    due = newDue;
    dueNanos = now.nanosAt(newDue);
    wakeNanos = dueNanos;
  }

  /** Counts turns as missed whose next turn has come too. */
  void fold(Missed.Reason reason, Moment now) {
    while (true) {
      Instant named = now.named(due, dueNanos);
      Instant next = slots.after(named);
      long nextNanos = dueNanos + ChronoUnit.NANOS.between(named, next);
      if (nextNanos > now.nanos()) {
        return;
      }
      missed =
          missed == null ? new Missed(reason, 1, named, named, now.nanos()) : missed.and(named);
      due = next;
      dueNanos = nextNanos;
    }
  }

  /** The turn is taken; the next regular one is planned in case the check lasts that long. */
  Turn begin(Moment now) {
    Instant named = now.named(due, dueNanos);
    Turn turn = new Turn(this, monitored, missed, named);
    busy = true;
    missed = null;
    plan(slots.after(named), now);
    return turn;
  }

  /** Only what was missed is told. */
  Turn tell() {
    Turn turn = new Turn(this, monitored, missed, null);
    busy = true;
    missed = null;
    return turn;
  }

  void end(@Nullable Status status, Moment now) {
    busy = false;
    if (status != null) {
      MonitorDefinition definition = monitored.definition();
      settling =
          settling.after(status, definition.failureThreshold(), definition.recoveryThreshold());
    }
    fold(status == null ? Missed.Reason.AGENT_BUSY : Missed.Reason.STILL_RUNNING, now);
    wakeNanos = dueNanos;
    if (status != null && !settling.settled() && dueNanos > now.nanos()) {
      plan(now.wall().plus(retryInterval()).truncatedTo(ChronoUnit.MICROS), now);
    }
  }

  private Duration retryInterval() {
    Duration retry = monitored.definition().retryInterval();
    Duration interval = monitored.definition().interval();
    return retry.compareTo(interval) < 0 ? retry : interval;
  }

  /** Called while there is no place for the check: look again when its next turn comes. */
  void waitForNextTurn(Moment now) {
    Instant named = now.named(due, dueNanos);
    wakeNanos = dueNanos + ChronoUnit.NANOS.between(named, slots.after(named));
  }

  void remove() {
    removed = true;
  }

  boolean busy() {
    return busy;
  }

  boolean removed() {
    return removed;
  }

  String id() {
    return monitored.id();
  }

  @Nullable Missed missed() {
    return missed;
  }

  long wakeNanos() {
    return wakeNanos;
  }
}
