package webmon.agent.schedule;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import webmon.agent.check.Check;
import webmon.result.Observation;

/**
 * One check in flight. It can be interrupted while it checks, and never while its result is being
 * handed on: an interrupt there would close the file under the result log.
 */
final class Flight {
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread checking;
  private boolean stopped;

  Observation run(Check check) throws InterruptedException {
    enter();
    try {
      return check.run();
    } finally {
      leave();
    }
  }

  private void enter() throws InterruptedException {
    lock.lock();
    try {
      if (stopped) {
        throw new InterruptedException("stopped before it began");
      }
      checking = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      checking = null;
      if (stopped) {
        // It may have come too late for the check to notice.
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      if (checking != null) {
        checking.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
