package webmon.agent.resultlog;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.result.Origin;

/**
 * Brings drafts into the result log in the order in which they come, and holds some of them while
 * the log cannot be written. Each draft ends as logged or as dropped. Safe for several threads.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final ResultLog log;
  private final int mostWaiting;
  private final Consumer<Logged> next;
  private final Consumer<Logged> listener;
  private final Trouble trouble = new Trouble(LOG, "The result log cannot be written");
  private final Deque<Draft> waiting = new ArrayDeque<>();
  private long results;
  private long logged;
  private long dropped;

  /**
   * An intake that nobody else appends beside.
   *
   * @param next told of each line in order, while others wait: it must be quick
   * @param listener told of each line while nobody waits, by the thread that logged it
   */
  public Intake(ResultLog log, int mostWaiting, Consumer<Logged> next, Consumer<Logged> listener) {
    this.log = log;
    this.mostWaiting = mostWaiting;
    this.next = next;
    this.listener = listener;
  }

  /**
   * Drafts since the start.
   *
   * @param taken results, whatever became of them
   * @param waiting drafts that could not be logged yet
   * @param dropped drafts that could not be logged and were given up
   * @param logged lines of any kind
   */
  public record Counted(long taken, long waiting, long dropped, long logged) {}

  /** Takes drafts that are to stand one after the other. */
  public void take(List<? extends Draft> drafts) {
    List<Logged> lines;
    synchronized (this) {
      for (Draft draft : drafts) {
        if (draft instanceof CheckDraft) {
          results++;
        }
        waiting.addLast(draft);
      }
      lines = drain();
      while (waiting.size() > mostWaiting) {
        waiting.removeFirst();
        dropped++;
      }
    }
    lines.forEach(listener);
  }

  /**
   * Goes on in a new stream, whose first lines these are; what waits comes behind them.
   *
   * @throws IOException where nothing has changed
   */
  public void begin(Origin origin, ResultLog.Turn turn, List<Draft> firstLines) throws IOException {
    List<Logged> lines;
    synchronized (this) {
      log.begin(origin, turn);
      firstLines.reversed().forEach(waiting::addFirst);
      lines = drain();
    }
    lines.forEach(listener);
  }

  /** Tries again what is waiting. */
  public void retry() {
    List<Logged> lines;
    synchronized (this) {
      lines = drain();
    }
    lines.forEach(listener);
  }

  private List<Logged> drain() {
    List<Logged> lines = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Logged line;
      try {
        line = append(waiting.getFirst());
      } catch (IOException e) {
        trouble.occurred(String.valueOf(e.getMessage()), e);
        return lines;
      } catch (IllegalArgumentException e) {
        waiting.removeFirst();
        dropped++;
        LOG.error("A line was dropped: it cannot be written", e);
        continue;
      }
      waiting.removeFirst();
      logged++;
      trouble.over();
      next.accept(line);
      lines.add(line);
    }
    return lines;
  }

  private Logged append(Draft draft) throws IOException {
    try {
      return log.append(draft);
    } catch (IllegalArgumentException tooLong) {
      return log.append(draft.shortened());
    }
  }

  public synchronized Counted counted() {
    return new Counted(results, waiting.size(), dropped, logged);
  }

  /** Tries once more; what cannot be logged now is dropped. */
  public synchronized void close() {
    drain().forEach(listener);
    if (!waiting.isEmpty()) {
      LOG.warn("{} results could not be logged and are lost", waiting.size());
      dropped += waiting.size();
      waiting.clear();
    }
  }
}
