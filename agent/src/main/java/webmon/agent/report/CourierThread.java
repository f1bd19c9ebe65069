package webmon.agent.report;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.Trouble;

/** The thread {@code webmon-courier}: lets the courier take step after step. */
final class CourierThread {
  private static final Logger LOG = LoggerFactory.getLogger(CourierThread.class);

  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Trouble trouble = new Trouble(LOG, "Reports cannot be brought to the server");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean awake;
  private boolean closing;
  private long end;

  CourierThread(LongSupplier nanos, RandomGenerator random) {
    this.nanos = nanos;
    this.random = random;
  }

  /** Begins. */
  Thread start(Courier courier) {
    return Thread.ofPlatform().name("webmon-courier").daemon().start(() -> run(courier));
  }

  /** There may be something to do before its time. */
  void wake() {
    lock.lock();
    try {
      awake = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run(Courier courier) {
    int failures = 0;
    while (goesOn(courier)) {
      long wait;
      try {
        wait = courier.step();
        failures = 0;
        trouble.over();
      } catch (IOException e) {
        trouble.occurred(String.valueOf(e.getMessage()), e);
        wait = Backoff.nanos(++failures, random);
      } catch (RuntimeException e) {
        LOG.error("The courier stumbled over a fault of its own", e);
        wait = Backoff.nanos(++failures, random);
      }
      await(wait);
    }
  }

  private boolean goesOn(Courier courier) {
    lock.lock();
    try {
      return !closing || (end - nanos.getAsLong() > 0 && courier.couldSend());
    } finally {
      lock.unlock();
    }
  }

  private void await(long wait) {
    lock.lock();
    try {
      long left = closing ? Math.min(wait, TimeUnit.MILLISECONDS.toNanos(50)) : wait;
      while (!awake && left > 0) {
        left = changed.awaitNanos(left);
      }
      awake = false;
    } catch (InterruptedException e) {
      // Nobody but its owner knows this thread: it is time to end.
      closing = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Sends on for so long at most if it can, and ends. */
  void close(Thread thread, Duration atMost) {
    lock.lock();
    try {
      closing = true;
      end = nanos.getAsLong() + atMost.toNanos();
      awake = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
