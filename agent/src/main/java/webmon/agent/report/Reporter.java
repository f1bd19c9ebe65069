package webmon.agent.report;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.Logged;
import webmon.agent.resultlog.Trouble;
import webmon.result.CheckResult;

/**
 * Turns logged lines into sealed reports when it is time, on its own thread {@code
 * webmon-reporter}.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** What there is to do; the reporter says when. */
  interface Work {
    /** Puts everything that is logged into the outbox. */
    Sealer.Measured seal() throws IOException;

    /** Goes on in a new stream. */
    void renew() throws IOException;
  }

  private final Work work;
  private final Batching batching;
  private final Urgency urgency = new Urgency();
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Trouble trouble = new Trouble(LOG, "Results cannot be sealed");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean owed;
  private boolean renewing;
  private boolean closing;
  private int failures;
  private long retryAt;

  /** Idle until started; it owes the sealing of whatever a former process left. */
  Reporter(Work work, Duration flushInterval, LongSupplier nanos, RandomGenerator random) {
    this.work = work;
    this.batching = new Batching(flushInterval);
    this.nanos = nanos;
    this.random = random;
    this.owed = true;
    this.thread = Thread.ofPlatform().name("webmon-reporter").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** A line is in the result log. In the order of the lines; quick. */
  void logged(Logged logged) {
    lock.lock();
    try {
      boolean urgent =
          logged.line() instanceof CheckResult result
              && urgency.urgent(
                  result.monitor().id(),
                  result.status(),
                  logged.definition() == null ? 1 : logged.definition().recoveryThreshold());
      OptionalLong before = batching.closesAt();
      batching.add(logged.bytes(), urgent, nanos.getAsLong());
      if (!batching.closesAt().equals(before)) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The current stream cannot be gone on with. */
  void renew() {
    lock.lock();
    try {
      renewing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = awaitTurn();
      try {
        turn();
      } catch (IOException e) {
        trouble.occurred(String.valueOf(e.getMessage()), e);
        failed();
      } catch (RuntimeException e) {
        LOG.error("The reporter stumbled over a fault of its own", e);
        failed();
      }
    }
  }

  private void turn() throws IOException {
    boolean renewNow;
    lock.lock();
    try {
      // What is added from now on is in the next batch, though it may be sealed already.
      batching.close(nanos.getAsLong());
      owed = false;
      renewNow = renewing;
      renewing = false;
    } finally {
      lock.unlock();
    }
    if (renewNow) {
      try {
        work.renew();
      } catch (IOException e) {
        renew();
        throw e;
      }
    }
    Sealer.Measured measured = work.seal();
    lock.lock();
    try {
      batching.learn(measured.textBytes(), measured.sealedBytes());
      failures = 0;
    } finally {
      lock.unlock();
    }
    trouble.over();
  }

  private void failed() {
    lock.lock();
    try {
      owed = true;
      failures++;
      retryAt = nanos.getAsLong() + Backoff.nanos(failures, random);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when there is something to do; true if it is the last time. */
  private boolean awaitTurn() {
    lock.lock();
    try {
      while (!closing) {
        long now = nanos.getAsLong();
        boolean held = failures > 0 && retryAt - now > 0;
        if (!held && (owed || renewing)) {
          return false;
        }
        OptionalLong closesAt = batching.closesAt();
        long wait = Long.MAX_VALUE;
        if (held) {
          wait = retryAt - now;
        } else if (closesAt.isPresent()) {
          wait = closesAt.getAsLong() - now;
        }
        if (wait <= 0) {
          return false;
        }
        long left = changed.awaitNanos(wait);
        LOG.trace("{} ns before the next turn", left);
      }
    } catch (InterruptedException e) {
      // Nobody but its owner knows this thread: it is time to end.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Seals what is logged, and ends; waits for that at most so long. */
  void close(Duration atMost) {
    lock.lock();
    try {
      closing = true;
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
