package webmon.agent.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import webmon.result.Status;

/**
 * Decides what is to be done when. No threads and no clock: time comes in with every call. One
 * check of a monitor is in flight, at most {@code mostInFlight} of all; those that find no place
 * start in the order in which they were due. Not safe for threads.
 */
final class Timetable {
  /** New monitors start at most this fast, so that a start is no stampede. */
  private static final Duration OPENING_GAP = Duration.ofMillis(25);

  private static final Duration SHORTEST_OPENING = Duration.ofMillis(500);

  /** What was missed is told after this time even while it goes on. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final String agentId;
  private final int mostInFlight;
  private final Map<String, MonitorTurns> monitors = new HashMap<>();
  private final TreeSet<MonitorTurns> queue =
      new TreeSet<>((one, other) -> {
        int order = Long.signum(one.wakeNanos() - other.wakeNanos());
        return order != 0 ? order : one.id().compareTo(other.id());
      });
  private final Set<MonitorTurns> waiting = new LinkedHashSet<>();
  private final Queue<Turn> farewells = new ArrayDeque<>();
  private int inFlight;

  Timetable(String agentId, int mostInFlight) {
    this.agentId = agentId;
    this.mostInFlight = mostInFlight;
  }

  /**
   * From now on these are the monitors; disabled ones are left out. Known ones keep their turns.
   */
  void load(List<Monitored> all, Moment now) {
    Map<String, Monitored> wanted = new HashMap<>();
    all.stream().filter(one -> one.definition().enabled()).forEach(m -> wanted.put(m.id(), m));
    for (MonitorTurns turns : List.copyOf(monitors.values())) {
      Monitored newer = wanted.remove(turns.id());
      boolean queued = queue.remove(turns);
      if (newer == null) {
        drop(turns);
        continue;
      }
      if (turns.update(newer, now)) {
        waiting.remove(turns);
      }
      if (queued) {
        queue.add(turns);
      }
    }
    Duration window = OPENING_GAP.multipliedBy(wanted.size());
    for (Monitored added : wanted.values()) {
      Duration spread = window.compareTo(SHORTEST_OPENING) < 0 ? SHORTEST_OPENING : window;
      MonitorTurns turns = new MonitorTurns(agentId, added, spread, now);
      monitors.put(added.id(), turns);
      queue.add(turns);
    }
  }

  private void drop(MonitorTurns turns) {
    monitors.remove(turns.id());
    waiting.remove(turns);
    turns.remove();
    if (!turns.busy() && turns.missed() != null) {
      farewells.add(turns.tell());
    }
  }

  /** What is to be done now. Each turn must be given to {@link #ended}. */
  List<Turn> due(Moment now) {
    List<Turn> turns = new ArrayList<>(farewells);
    farewells.clear();
    while (inFlight < mostInFlight && !waiting.isEmpty()) {
      MonitorTurns next = waiting.iterator().next();
      waiting.remove(next);
      queue.remove(next);
      turns.add(begin(next, Missed.Reason.AGENT_BUSY, now));
    }
    while (!queue.isEmpty() && queue.first().wakeNanos() - now.nanos() <= 0) {
      MonitorTurns next = queue.removeFirst();
      if (inFlight < mostInFlight) {
        turns.add(begin(next, Missed.Reason.AGENT_STALLED, now));
      } else {
        Turn told = hold(next, now);
        if (told != null) {
          turns.add(told);
        }
      }
    }
    return turns;
  }

  private Turn begin(MonitorTurns next, Missed.Reason reason, Moment now) {
    inFlight++;
    next.fold(reason, now);
    return next.begin(now);
  }

  private @Nullable Turn hold(MonitorTurns next, Moment now) {
    next.fold(Missed.Reason.AGENT_BUSY, now);
    Missed missed = next.missed();
    if (missed != null && now.nanos() - missed.sinceNanos() >= LONGEST_SILENCE.toNanos()) {
      waiting.remove(next);
      return next.tell();
    }
    waiting.add(next);
    next.waitForNextTurn(now);
    queue.add(next);
    return null;
  }

  /**
   * A turn's work is done.
   *
   * @param status of the check; null where there was none, only something missed to tell
   */
  void ended(Turn turn, @Nullable Status status, Moment now) {
    MonitorTurns turns = turn.of();
    if (turn.dueAt() != null) {
      inFlight--;
    }
    turns.end(status, now);
    if (!turns.removed()) {
      queue.add(turns);
    } else if (turns.missed() != null && status != null) {
      farewells.add(turns.tell());
    }
  }

  /** The monotonic time at which {@link #due} has something to do at the latest. */
  OptionalLong nextWake() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.first().wakeNanos());
  }

  boolean hasFarewells() {
    return !farewells.isEmpty();
  }

  /** What was missed and not told yet, at the end. */
  List<Turn> untold() {
    List<Turn> turns = new ArrayList<>(farewells);
    monitors.values().stream()
        .filter(one -> !one.busy() && one.missed() != null)
        .map(MonitorTurns::tell)
        .forEach(turns::add);
    return turns;
  }

  int inFlight() {
    return inFlight;
  }
}
