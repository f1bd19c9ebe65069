package webmon.embedded.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a process that ends in good order (Ctrl-C, SIGTERM, exit) leaves no PostgreSQL
 * behind: a start in progress is interrupted, and what its owner has not closed after a while is
 * closed.
 */
final class EndOfProcess {
  /** For the owner, whose server may still be writing. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Thread starter = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook =
      Thread.ofPlatform().name("end of the embedded database").unstarted(this::end);
  private volatile @Nullable EmbeddedPostgres started;

  /** Before the start, in the thread that will do it. */
  void watch() throws InterruptedException {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new InterruptedException("The process is ending");
    }
  }

  void started(EmbeddedPostgres postgres) {
    started = postgres;
  }

  /** It was closed, or the start failed. */
  void over() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending, and the hook has just been told
    }
  }

  private void end() {
    if (started == null) {
      starter.interrupt();
    }
    try {
      if (over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    EmbeddedPostgres left = started;
    if (left != null) {
      left.close();
    }
  }
}
