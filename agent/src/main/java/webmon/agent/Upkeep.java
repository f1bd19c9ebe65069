package webmon.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code webmon-upkeep}: does something at once and then every 5 s. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long EVERY_SECONDS = 5;
  private static final long END_WITHIN_MILLIS = 300;

  private final Runnable work;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  Upkeep(Runnable work) {
    this.work = work;
    this.thread = Thread.ofPlatform().name("webmon-upkeep").daemon().unstarted(this::run);
    thread.start();
  }

  private void run() {
    try {
      do {
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.error("The upkeep stumbled over a fault of its own", e);
        }
      } while (!closing.await(EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(END_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
