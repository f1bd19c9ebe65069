package webmon.acceptance.faults;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import webmon.acceptance.driver.JarProcess;

/** Looks for a file whose name is still a temporary one, as fast as it can. */
final class Unfinished {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

  private Unfinished() {}

  /** Returns at the moment one is seen; fails if there is none within a minute. */
  static void spot(Path outbox, JarProcess writer) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LIMIT && writer.isAlive()) {
      String[] names = outbox.toFile().list();
      for (String name : names == null ? new String[0] : names) {
        if (!name.endsWith(".jws")) {
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no unfinished report was seen in " + outbox);
  }
}
